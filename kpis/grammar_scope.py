"""Which accounts the named platforms, accounts and brands add up to."""

from collections.abc import Iterable, Sequence

from kpis.grammar_lines import either
from kpis.grammar_names import Kind
from kpis.grammar_parts import Against, Who
from kpis.question import Directory, KnownAccount, Refusal, Scope
from kpis.tongue import listed, say
from kpis.words import join
from storage.platforms import PLATFORMS


def choose_scope(
    platforms: Sequence[str], who: Sequence[Who], directory: Directory, lenient: bool = False
) -> Scope:
    """Return the scope that these words mean; its parts are sorted, so their order is no matter.

    A platform beside a name narrows the name to that platform. Raises ``Refusal`` where the name
    is not there, unless ``lenient``: then the name alone counts.
    """
    accounts: set[int] = set()
    brands: set[int] = set()
    for one in who:
        some_accounts, some_brands = choose_one(one, platforms, directory, lenient)
        accounts |= some_accounts
        brands |= some_brands
    keep = not accounts or bool(brands)
    return Scope(
        tuple(key for key in PLATFORMS if key in platforms) if keep else (),
        tuple(sorted(accounts)),
        tuple(sorted(brands)),
    )


def choose_one(
    one: Who, platforms: Sequence[str], directory: Directory, lenient: bool
) -> tuple[set[int], set[int]]:
    """Return the accounts, or else the brands, that one name means on these platforms."""
    if one.names[0].kind is Kind.RIVALS:
        return choose_rivals(platforms, directory), set()
    wanted = {one.platform} if one.platform else set(platforms)
    ids = {name.key for name in one.names if name.kind is Kind.ACCOUNT}
    brands = {int(name.key) for name in one.names if name.kind is Kind.BRAND}
    named = [account for account in directory.accounts if account.id in ids]
    there = [account for account in named if not wanted or account.platform in wanted]
    if brands and not (wanted and there):
        owned = [account for account in directory.accounts if account.brand in brands]
        found = [account for account in owned if account.platform in wanted]
        if wanted and owned and not found and not lenient:
            raise not_there(say_brands(brands, directory), wanted, owned)
        if one.platform and found:
            return {account.id for account in found}, set()
        return set(), brands
    if not there and lenient:
        there = named
    if not there:
        raise not_there(one.text, wanted, named)
    return {account.id for account in there}, set()


def choose_rivals(platforms: Sequence[str], directory: Directory) -> set[int]:
    """Return every account of a competitor, on these platforms if any are named."""
    rivals = {
        account.id
        for account in directory.accounts
        if not account.own and (not platforms or account.platform in platforms)
    }
    if not rivals:
        raise Refusal(
            say("I know no competitors here. Add their accounts first, or ask for your own.")
        )
    return rivals


def not_there(name: str, wanted: Iterable[str], there: Iterable[KnownAccount]) -> Refusal:
    """Return the refusal of a name on a platform where it has no account."""
    missing = either([PLATFORMS[key].title for key in PLATFORMS if key in set(wanted)])
    held = {account.platform for account in there}
    titles = listed([it.title for key, it in PLATFORMS.items() if key in held])
    return Refusal(
        say(
            "I know no {platform} account of {name}; I know {others}.",
            platform=missing,
            name=name,
            others=titles,
        )
    )


def say_brands(brands: Iterable[int], directory: Directory) -> str:
    """Return the names of brands; of some that were removed, that they are gone."""
    wanted = set(brands)
    names = dict.fromkeys(brand.name for brand in directory.brands if brand.id in wanted)
    return join(names) if names else say("a brand that was removed")


def choose_rival_scope(against: Against, scope: Scope, directory: Directory) -> Scope:
    """Return what a scope is compared with: on its platforms, or the same accounts elsewhere.

    A brand on some platforms becomes its accounts there.
    """
    if against.who:
        platforms = against.platforms or platforms_of(scope, directory)
        chosen = choose_scope(platforms, against.who, directory, lenient=not against.platforms)
        return narrow(chosen, directory)
    brands = set(scope.brands)
    brands |= {account.brand for account in directory.accounts if account.id in scope.accounts}
    chosen = choose_scope(against.platforms, (), directory)
    if not brands:
        return chosen
    owned = [account for account in directory.accounts if account.brand in brands]
    if not any(account.platform in against.platforms for account in owned):
        raise not_there(say_brands(brands, directory), against.platforms, owned)
    return narrow(Scope(chosen.platforms, (), tuple(sorted(brands))), directory)


def narrow(scope: Scope, directory: Directory) -> Scope:
    """Return the scope with brands on some platforms as their accounts there, if they have any."""
    if not scope.platforms or not scope.brands:
        return scope
    accounts, brands = set(scope.accounts), set(scope.brands)
    for account in directory.accounts:
        if account.brand in scope.brands and account.platform in scope.platforms:
            accounts.add(account.id)
            brands.discard(account.brand)
    return Scope((), tuple(sorted(accounts)), tuple(sorted(brands)))


def platforms_of(scope: Scope, directory: Directory) -> tuple[str, ...]:
    """Return the platforms that a scope is narrowed to; empty for all."""
    if scope.platforms or not scope.accounts or scope.brands:
        return scope.platforms
    held = {account.platform for account in directory.accounts if account.id in scope.accounts}
    return tuple(key for key in PLATFORMS if key in held)


def say_scope(scope: Scope, directory: Directory) -> str:
    """Return “Instagram acme”, “nordkaffe and Bonanza” or “Facebook”.

    What is kept may name accounts that were removed since.
    """
    accounts = [account for account in directory.accounts if account.id in scope.accounts]
    handles = {account.handle for account in accounts}
    if len(accounts) == 1:
        names = [f"{PLATFORMS[accounts[0].platform].title} {accounts[0].handle}"]
    else:
        names = sorted(handles)
    names += [say_brands((brand,), directory) for brand in scope.brands]
    if scope.platforms and names:
        return f"{join(PLATFORMS[key].title for key in scope.platforms)} {join(names)}"
    names = names or [PLATFORMS[key].title for key in scope.platforms]
    return join(names) if names else say("an account that was removed")
