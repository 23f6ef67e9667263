-- The reference ledger: a double-entry book that refuses every entry that is not whole.
--
-- Made by the owner of the database, once:  psql -v ON_ERROR_STOP=1 --single-transaction -f ledger.sql
-- An application gets USAGE on the schema and EXECUTE on ledger.book; it needs no right on a table to book.
-- All triggers are ENABLE ALWAYS, so that they hold under session_replication_role = replica too.

create schema ledger;

create table ledger.currencies (
    code  text primary key check (code ~ '^[A-Z]{3}$'),
    scale int not null check (scale between 0 and 6)
);
comment on table ledger.currencies is 'Each amount of a currency has exactly this many digits after the point.';

create table ledger.accounts (
    id       bigint primary key,
    name     text not null unique,
    currency text not null references ledger.currencies
);

-- One row per book of origin, and the only place that hands out numbers: whoever books holds this row until the
-- commit, so numbers have no gap and are in commit order (a sequence promises neither). fillfactor leaves room for
-- updates within the page, which touch no index.
create table ledger.head (
    origin    text primary key,
    number    bigint not null default 0 check (number >= 0),
    xid       xid8,
    booked_at timestamptz
) with (fillfactor = 20);

-- Running totals in the same transaction: one look each second speaks money without a scan.
create table ledger.head_turnover (
    origin   text not null references ledger.head,
    currency text not null references ledger.currencies,
    postings bigint not null default 0,
    debit    numeric not null default 0,
    primary key (origin, currency)
) with (fillfactor = 20);

-- The primary keys of entries and postings run in number order: a proof reads both books side by side, without a sort.
create table ledger.entries (
    origin      text not null,
    number      bigint not null check (number > 0),
    xid         xid8 not null default pg_current_xact_id(),
    booked_at   timestamptz not null default clock_timestamp(),
    reference   uuid not null unique,
    description text not null,
    primary key (origin, number)
);
comment on column ledger.entries.reference is 'The client''s own id: the same one twice is refused.';
comment on column ledger.entries.xid is 'The top-level transaction, by which recovery can stop just before this entry.';

-- No foreign keys: they would lock an account row per posting, and they are off under session_replication_role =
-- replica. The triggers below check more, and always.
create table ledger.postings (
    origin  text not null,
    number  bigint not null,
    line    int not null check (line > 0),
    account bigint not null,
    side    text not null check (side in ('D', 'C')),
    amount  numeric not null check (amount > 0),
    primary key (origin, number, line)
);

-- Kept beside the postings, per book of origin; a proof compares them with the sums.
create table ledger.balances (
    origin   text not null,
    account  bigint not null,
    debit    numeric not null default 0,
    credit   numeric not null default 0,
    postings bigint not null default 0,
    number   bigint not null,
    primary key (origin, account)
) with (fillfactor = 50);
comment on column ledger.balances.number is 'The last entry that touched this account.';


-- Append-only ---------------------------------------------------------------------------------------------------------

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on ledger.% is refused: the books are append-only', tg_op, tg_table_name
        using errcode = 'restrict_violation', hint = 'Book a reversing entry instead.';
end $$;

create function ledger.keep_account() returns trigger language plpgsql as $$
begin
    if (new.id, new.currency) is distinct from (old.id, old.currency) then
        raise exception 'an account keeps its id and its currency: % %', old.id, old.currency
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create function ledger.count_up() returns trigger language plpgsql as $$
begin
    if new.origin is distinct from old.origin or new.number is distinct from old.number + 1
       or new.xid is distinct from pg_current_xact_id() then
        raise exception 'the head of book % goes from % to % only, and in the transaction that books',
            old.origin, old.number, old.number + 1 using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger refuse_change before update or delete on ledger.entries
    for each row execute function ledger.refuse_change();
create trigger refuse_truncate before truncate on ledger.entries
    for each statement execute function ledger.refuse_change();
create trigger refuse_change before update or delete on ledger.postings
    for each row execute function ledger.refuse_change();
create trigger refuse_truncate before truncate on ledger.postings
    for each statement execute function ledger.refuse_change();
create trigger refuse_change before update or delete on ledger.currencies
    for each row execute function ledger.refuse_change();
create trigger refuse_truncate before truncate on ledger.currencies
    for each statement execute function ledger.refuse_change();
create trigger keep_account before update on ledger.accounts
    for each row execute function ledger.keep_account();
create trigger refuse_delete before delete on ledger.accounts
    for each row execute function ledger.refuse_change();
create trigger refuse_truncate before truncate on ledger.accounts
    for each statement execute function ledger.refuse_change();
create trigger count_up before update on ledger.head
    for each row execute function ledger.count_up();
create trigger refuse_delete before delete on ledger.head
    for each row execute function ledger.refuse_change();
create trigger refuse_truncate before truncate on ledger.head
    for each statement execute function ledger.refuse_change();


-- One posting by itself: a known account, and an amount with exactly the digits of its currency -------------------------

create function ledger.check_posting() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    wanted int;
begin
    select c.scale into wanted
    from ledger.accounts a join ledger.currencies c on c.code = a.currency where a.id = new.account;
    if not found then
        raise exception 'account % is unknown', new.account using errcode = 'foreign_key_violation';
    end if;
    -- NaN and infinity are greater than zero, and have no scale.
    if scale(new.amount) is distinct from wanted then
        raise exception 'an amount on account % has exactly % digits after the point, not %',
            new.account, wanted, new.amount using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger check_posting before insert on ledger.postings
    for each row execute function ledger.check_posting();


-- Running totals: once per statement, so that an entry of many postings touches each row once -----------------------------

create function ledger.keep_totals() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ledger.head_turnover as t (origin, currency, postings, debit)
    select p.origin, a.currency, count(*), coalesce(sum(p.amount) filter (where p.side = 'D'), 0)
    from added p join ledger.accounts a on a.id = p.account
    group by p.origin, a.currency order by 1, 2
    on conflict (origin, currency) do update
        set postings = t.postings + excluded.postings, debit = t.debit + excluded.debit;

    insert into ledger.balances as b (origin, account, debit, credit, postings, number)
    select p.origin, p.account, coalesce(sum(p.amount) filter (where p.side = 'D'), 0),
           coalesce(sum(p.amount) filter (where p.side = 'C'), 0), count(*), max(p.number)
    from added p group by p.origin, p.account order by 1, 2
    on conflict (origin, account) do update
        set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
            postings = b.postings + excluded.postings, number = excluded.number;
    return null;
end $$;

create trigger keep_totals after insert on ledger.postings
    referencing new table as added for each statement execute function ledger.keep_totals();


-- An entry as a whole, checked at commit -------------------------------------------------------------------------------

create function ledger.check_entry() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.xid is distinct from pg_current_xact_id() then
        raise exception 'entry % % names another transaction than its own', new.origin, new.number
            using errcode = 'integrity_constraint_violation';
    end if;
    if not exists (select from ledger.head h where h.origin = new.origin and h.number >= new.number) then
        raise exception 'entry % % lies beyond the head of its book', new.origin, new.number
            using errcode = 'integrity_constraint_violation', hint = 'Book through ledger.book.';
    end if;
    -- Each posting brings its own check of the balance; here it is enough that there is one.
    if not exists (select from ledger.postings p where p.origin = new.origin and p.number = new.number) then
        raise exception 'entry % % has no postings', new.origin, new.number
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create function ledger.check_postings() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    its_xid xid8;
    lines bigint;
    unbalanced text;
begin
    -- The entry is looked at once, by its last line. Lines have no gap (below), so a posting that is added after a
    -- check has gone by is always the last line, and is looked at.
    if exists (select from ledger.postings p
               where p.origin = new.origin and p.number = new.number and p.line > new.line) then
        return null;
    end if;
    select e.xid into its_xid from ledger.entries e where e.origin = new.origin and e.number = new.number;
    if its_xid is distinct from pg_current_xact_id() then
        raise exception 'a posting belongs into the transaction of its entry, and % % is not of this one',
            new.origin, new.number using errcode = 'integrity_constraint_violation';
    end if;
    select count(*) into lines from ledger.postings p where p.origin = new.origin and p.number = new.number;
    if lines <> new.line then
        raise exception 'the lines of entry % % are not numbered from 1 without a gap', new.origin, new.number
            using errcode = 'integrity_constraint_violation';
    end if;
    select string_agg(s.currency || ' ' || s.difference, ', ' order by s.currency) into unbalanced
    from (select a.currency, sum(case p.side when 'D' then p.amount else -p.amount end) as difference
          from ledger.postings p join ledger.accounts a on a.id = p.account
          where p.origin = new.origin and p.number = new.number group by a.currency) s
    where s.difference <> 0;
    if unbalanced is not null then
        raise exception 'entry % % does not balance: debit minus credit is %', new.origin, new.number, unbalanced
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create function ledger.check_head() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.number > 0 and not exists (select from ledger.entries e where e.origin = new.origin
                                      and e.number = new.number and e.xid = pg_current_xact_id()) then
        raise exception 'the head of book % says %, and this transaction books no such entry', new.origin, new.number
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create constraint trigger check_entry after insert on ledger.entries
    deferrable initially deferred for each row execute function ledger.check_entry();
create constraint trigger check_postings after insert on ledger.postings
    deferrable initially deferred for each row execute function ledger.check_postings();
create constraint trigger check_head after insert or update on ledger.head
    deferrable initially deferred for each row execute function ledger.check_head();

do $$
declare
    one record;
begin
    for one in select tgrelid::regclass as place, tgname from pg_trigger
               where not tgisinternal and tgrelid in (select oid from pg_class where relnamespace = 'ledger'::regnamespace)
    loop
        execute format('alter table %s enable always trigger %I', one.place, one.tgname);
    end loop;
end $$;


-- Booking --------------------------------------------------------------------------------------------------------------

create function ledger.book(reference uuid, description text, postings jsonb, origin text default 'main')
returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    next_number bigint;
    now_at timestamptz;
    wrong text;
begin
    -- Whatever can be refused without the head row is refused before it is locked.
    if jsonb_typeof(book.postings) is distinct from 'array' or jsonb_array_length(book.postings) = 0 then
        raise exception 'an entry needs postings: a JSON array of {"account", "side", "amount", "currency"}'
            using errcode = 'invalid_parameter_value';
    end if;
    -- A client that names a currency means it: the account's own must be the same.
    select format('account %s keeps %s, not %s', a.id, a.currency, p.currency) into wrong
    from jsonb_to_recordset(book.postings) as p(account bigint, currency text)
    join ledger.accounts a on a.id = p.account
    where p.currency is not null and p.currency <> a.currency limit 1;
    if wrong is not null then
        raise exception '%', wrong using errcode = 'check_violation';
    end if;

    update ledger.head h
    set number = h.number + 1, xid = pg_current_xact_id(), booked_at = clock_timestamp()
    where h.origin = book.origin
    returning h.number, h.booked_at into next_number, now_at;
    if next_number is null then
        raise exception 'there is no book of origin %', book.origin
            using errcode = 'foreign_key_violation', hint = 'select ledger.open_book(...)';
    end if;

    insert into ledger.entries (origin, number, booked_at, reference, description)
    values (book.origin, next_number, now_at, book.reference, book.description);

    insert into ledger.postings (origin, number, line, account, side, amount)
    select book.origin, next_number, p.line, (p.posting ->> 'account')::bigint, p.posting ->> 'side',
           (p.posting ->> 'amount')::numeric
    from jsonb_array_elements(book.postings) with ordinality as p(posting, line);

    return next_number;
end $$;
comment on function ledger.book is 'Books one entry and returns its number. Amounts may be JSON texts, "18500.00".';

create function ledger.open_book(origin text) returns void language sql
as $$ insert into ledger.head (origin) values ($1) $$;

revoke all on all functions in schema ledger from public;

select ledger.open_book('main');
