"""Accounts, their rules, and what happens when these are broken."""


class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, wanted, available):
        super().__init__(f"wanted {wanted}, but only {available} available")
        self.wanted = wanted
        self.available = available

    @property
    def missing(self):
        return self.wanted - self.available


class Account:
    count = 0

    def __init__(self, owner, balance=0):
        Account.count += 1
        self.number = f"ACC{Account.count:03}"
        self.owner = owner
        self._balance = balance
        self.history = []

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amounts must be positive")
        self._balance += amount
        self.history.append(("in", amount))

    def withdraw(self, amount):
        if amount > self.limit():
            raise InsufficientFunds(amount, self.limit())
        self._balance -= amount
        self.history.append(("out", amount))

    def limit(self):
        return self._balance

    def __str__(self):
        return f"{self.number} {self.owner:<6} {self._balance:>8.2f}"


class Savings(Account):
    rate = 0.02

    def add_interest(self):
        self.deposit(self.balance * self.rate)


class Current(Account):
    def __init__(self, owner, balance=0, overdraft=100):
        super().__init__(owner, balance)
        self.overdraft = overdraft

    def limit(self):
        return super().limit() + self.overdraft


def transfer(source, target, amount):
    try:
        source.withdraw(amount)
    except InsufficientFunds as error:
        print(f"  {source.owner} lacks {error.missing}")
        raise
    else:
        target.deposit(amount)
        print(f"  moved {amount} from {source.owner} to {target.owner}")
    finally:
        print("  done with", source.number)


accounts = [Savings("Mia", 500), Current("Noah", 50), Account("Olga")]
for account in accounts:
    print(account, type(account).__name__)

mia, noah, olga = accounts
transfer(noah, olga, 120)
mia.add_interest()
try:
    transfer(olga, mia, 200)
except BankError as error:
    print("refused:", error)
for action in (lambda: mia.deposit(-5), lambda: setattr(mia, "balance", 10 ** 6)):
    try:
        action()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__)
for account in accounts:
    print(account, account.history)
print(Account.count, "accounts,", sum(a.balance for a in accounts), "in all")
print(isinstance(noah, Account), isinstance(noah, Savings), hasattr(olga, "overdraft"))
transfer(noah, mia, 31)
