-- What a ledger needs besides to be one of several peers: each books under its own origin and takes the others' entries
-- by logical replication. What is replicated are the facts: heads, entries, postings. Totals and balances are each
-- node's own sums of them. The heartbeat and everything else of the console stays where it is.
--
-- A row that arrives keeps the transaction id of this node, not of its own origin's: by it recovery here could stop
-- just before it. The publication therefore leaves xid out, and a new row takes its default.

-- The apply worker fires only row triggers that are enabled for it.
create function ledger.apply_head() returns trigger language plpgsql as $$
begin
    new.xid := pg_current_xact_id();
    return new;
end $$;
-- By its name before count_up, which then checks it like every other.
create trigger apply_head before update on ledger.head for each row execute function ledger.apply_head();
alter table ledger.head ENABLE REPLICA trigger apply_head;

create function ledger.apply_totals() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ledger.head_turnover as t (origin, currency, postings, debit)
    select new.origin, a.currency, 1, case new.side when 'D' then new.amount else 0 end
    from ledger.accounts a where a.id = new.account
    on conflict (origin, currency) do update
        set postings = t.postings + excluded.postings, debit = t.debit + excluded.debit;

    insert into ledger.balances as b (origin, account, debit, credit, postings, number)
    values (new.origin, new.account, case new.side when 'D' then new.amount else 0 end,
            case new.side when 'C' then new.amount else 0 end, 1, new.number)
    on conflict (origin, account) do update
        set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
            postings = b.postings + excluded.postings, number = excluded.number;
    return null;
end $$;
create trigger apply_totals after insert on ledger.postings for each row execute function ledger.apply_totals();
alter table ledger.postings ENABLE REPLICA trigger apply_totals;

revoke all on function ledger.apply_head, ledger.apply_totals from public;

create publication ledger_books for table
    ledger.head (origin, number, booked_at),
    ledger.entries (origin, number, booked_at, reference, description),
    ledger.postings (origin, number, line, account, side, amount)
    with (publish = 'insert, update');
