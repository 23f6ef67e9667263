-- What the console itself keeps on a cluster: a heartbeat row for each writer, the outage meter's rows, and a role that
-- may read.
--
-- Made by a superuser in the ledger's database, as often as one likes:  psql -v ON_ERROR_STOP=1 -1 -f heartbeat.sql
-- The role gets no password here: pg_hba.conf decides how it may come in.

create schema if not exists ledger_console;

-- Updated once a second. No index but the key and room in the page: each update stays in its page (HOT), and the
-- table does not grow.
create table if not exists ledger_console.heartbeat (
    writer     text primary key,
    beat       bigint not null,
    written_at timestamptz not null
) with (fillfactor = 10, autovacuum_vacuum_threshold = 500);

-- The outage meter's row of each run, written some fifty times a second while a change runs, and removed after it. It
-- comes through the application's own way in, so the application's role needs these rights (here it is called app):
--   grant usage on schema ledger_console to app;
--   grant select, insert, update, delete on ledger_console.outage to app;
create table if not exists ledger_console.outage (
    run    text primary key,
    number bigint not null,
    at     timestamptz not null
) with (fillfactor = 10, autovacuum_vacuum_threshold = 500);

do $$
begin
    if not exists (select from pg_roles where rolname = 'ledger_console') then
        create role ledger_console login;
    end if;
end $$;

grant pg_monitor to ledger_console;
grant usage on schema ledger_console to ledger_console;
grant select, insert, update on ledger_console.heartbeat to ledger_console;
grant select, delete on ledger_console.outage to ledger_console;

do $$
begin
    if exists (select from pg_namespace where nspname = 'ledger') then
        grant usage on schema ledger to ledger_console;
        grant select on all tables in schema ledger to ledger_console;
    end if;
end $$;
