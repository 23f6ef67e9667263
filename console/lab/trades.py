"""The trades that the workload books: what is bought and sold, in which currency, and the postings of each."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CLIENTS: Final = 12
FEE_BASIS_POINTS: Final = 10
FOREIGN_TRADES_PERCENT: Final = 15
PRICE_STEP_PER_MILLE: Final = 4


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and the digits after its point."""

    code: str
    scale: int

    def text(self, units: int) -> str:
        """An amount of so many smallest units as the ledger wants it; whole numbers all the way, never a float."""
        if self.scale == 0:
            return str(units)
        whole, rest = divmod(units, 10**self.scale)
        return f"{whole}.{rest:0{self.scale}d}"


@dataclass(frozen=True, slots=True)
class Share:
    """What is traded: its symbol, its currency, and the price it begins with, in smallest units."""

    symbol: str
    currency: Currency
    price_units: int


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry."""

    account: int
    side: str
    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Trade:
    """One booking: the client's own id, its text, its postings."""

    reference: str
    description: str
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the ledger."""

    id: int
    name: str
    currency: str


USD: Final = Currency("USD", 2)
EUR: Final = Currency("EUR", 2)
JPY: Final = Currency("JPY", 0)
CURRENCIES: Final = (USD, EUR, JPY)
SHARES: Final = (
    Share("AAPL", USD, 185_00),
    Share("MSFT", USD, 415_50),
    Share("NVDA", USD, 128_75),
    Share("SAP", EUR, 201_20),
    Share("ASML", EUR, 688_40),
    Share("7203", JPY, 2_690),
    Share("6758", JPY, 3_150),
)
# Smallest units of each currency for one US dollar, as whole numbers: cents, cents, yen.
_PER_DOLLAR: Final = {"USD": 100, "EUR": 92, "JPY": 151}

_CASH, _FEES, _EXCHANGE, _SECURITIES = 1, 2, 3, 4


def _id(kind: int, currency: Currency, number: int = 0) -> int:
    return kind * 10_000 + CURRENCIES.index(currency) * 1_000 + number


def accounts() -> tuple[Account, ...]:
    """The chart of accounts: cash of each client, fees and exchange of each currency, one account per share."""
    found = []
    for currency in CURRENCIES:
        code = currency.code
        found += [
            Account(_id(_CASH, currency, number), f"cash {code} client {number:02d}", code)
            for number in range(1, CLIENTS + 1)
        ]
        found.append(Account(_id(_FEES, currency), f"fees {code}", code))
        found.append(Account(_id(_EXCHANGE, currency), f"currency exchange {code}", code))
    found += [
        Account(_id(_SECURITIES, share.currency, number), f"securities {share.symbol}", share.currency.code)
        for number, share in enumerate(SHARES)
    ]
    return tuple(found)


def seed_sql() -> str:
    """The statements that put currencies and accounts into an empty ledger."""
    currencies = ", ".join(f"('{currency.code}', {currency.scale})" for currency in CURRENCIES)
    rows = ", ".join(f"({account.id}, '{account.name}', '{account.currency}')" for account in accounts())
    return (
        f"insert into ledger.currencies (code, scale) values {currencies};\n"
        f"insert into ledger.accounts (id, name, currency) values {rows};\n"
    )


def trades(chance: random.Random) -> Iterator[Trade]:
    """Trades without end. Prices wander by whole units; the ids are as unique as uuid4 makes them."""
    prices = {share.symbol: share.price_units for share in SHARES}
    while True:
        number = chance.randrange(len(SHARES))
        share = SHARES[number]
        step = max(1, prices[share.symbol] * PRICE_STEP_PER_MILLE // 1000)
        moved = prices[share.symbol] + chance.randint(-step, step)
        prices[share.symbol] = min(max(moved, share.price_units // 2), share.price_units * 2)
        foreign = chance.randrange(100) < FOREIGN_TRADES_PERCENT
        paid_in = chance.choice([one for one in CURRENCIES if one != share.currency]) if foreign else share.currency
        yield _trade(number, prices[share.symbol], paid_in, chance)


def _trade(number: int, price: int, paid_in: Currency, chance: random.Random) -> Trade:
    share = SHARES[number]
    pieces = 10 * chance.randint(1, 50)
    buys = chance.random() < 0.6
    value = pieces * price
    securities = _id(_SECURITIES, share.currency, number)
    cash = _id(_CASH, paid_in, chance.randint(1, CLIENTS))
    in_, out = ("D", "C") if buys else ("C", "D")
    lines = [(securities, in_, value, share.currency)]
    cash_units = value
    if paid_in != share.currency:
        cash_units = max(1, value * _PER_DOLLAR[paid_in.code] // _PER_DOLLAR[share.currency.code])
        lines.append((_id(_EXCHANGE, share.currency), out, value, share.currency))
        lines.append((_id(_EXCHANGE, paid_in), in_, cash_units, paid_in))
    fee = max(1, cash_units * FEE_BASIS_POINTS // 10_000)
    lines.append((cash, out, cash_units, paid_in))
    # Bought or sold, the client pays the fee: a second line on the same cash account keeps it visible.
    lines.append((cash, "C", fee, paid_in))
    lines.append((_id(_FEES, paid_in), "D", fee, paid_in))
    verb = "buy" if buys else "sell"
    return Trade(
        reference=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        description=f"{verb} {pieces} shares of {share.symbol}, paid in {paid_in.code}",
        postings=tuple(Posting(account, side, money.text(units), money.code) for account, side, units, money in lines),
    )
