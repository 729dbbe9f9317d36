"""What `practice.toml` may say: the practice itself, as an office needs to know it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from outreach_kit.practice.hours import Hours as Hours
from outreach_kit.practice.hours import TimeZone, Week
from outreach_kit.practice.shapes import After, Limits, asked_last, made_from
from outreach_kit.practice.table import Facts as Facts
from outreach_kit.practice.values import (
    Email,
    Line,
    Link,
    Money,
    Niche,
    Npi,
    PhoneNumber,
    SiteAddress,
    Slug,
    WebAddress,
    make_slug,
    refuse,
    refuse_twins,
)

Lines = tuple[Line, ...]
Slugs = tuple[Slug, ...]


Language = Annotated[str, Limits(like=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


def _check_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) < len(languages):
        raise refuse("A language stands in it twice.", "Name each once, the main one first.")
    return languages


class Identity(Facts):
    """Who the practice is."""

    name: Line
    """The name on the door."""
    niche: Niche | None = None
    """For a group: one or two sentences for all. A single clinician's own niche serves otherwise."""
    time_zone: TimeZone
    languages: Annotated[tuple[Language, ...], Limits(1), After(_check_languages)] = ("en",)
    """Languages of the site; the first is the main one."""
    npi: Npi | None = None
    site_url: SiteAddress | None = None
    """The public address of the website."""
    form_url: WebAddress | None = None
    """The public address of the form server; without it the form and its QR codes are left out."""
    github_pages: bool = False
    """The website lies on GitHub Pages: adds the files, and to each page the rules, that it asks for."""
    thanks_page: bool = False
    """A form sent without script leads back to /thanks/ on the website, and not to its receipt there."""


class Contact(Facts):
    phone: PhoneNumber
    fax: PhoneNumber | None = None
    email: Email | None = None


class Address(Facts):
    street: Line | None = None
    """Left out by a practice that has only a post-office box or works online."""
    unit: Line | None = None
    po_box: Line | None = None
    city: Line
    region: Annotated[str, Limits(like=r"^[A-Z]{2,3}$")]
    postal_code: Annotated[str, Limits(like=r"^[0-9A-Z][0-9A-Z -]{2,9}$")]
    country: Annotated[str, Limits(like=r"^[A-Z]{2}$")] = "US"
    parking: Line | None = None
    access: Line | None = None
    """Step-free entrance, transit, where to wait."""

    @asked_last
    def _somewhere(self) -> None:
        if self.street and self.po_box:
            raise refuse(
                "A street and a PO box stand together.", "Put the box under [mailing_address]."
            )

    @property
    def takes_letters(self) -> bool:
        """Whether it is more than a town."""
        return bool(self.street or self.po_box)

    @property
    def lines(self) -> tuple[str, ...]:
        """As on an envelope, without the practice's name; never empty."""
        first = ", ".join(filter(None, (self.street, self.unit))) or self.po_box
        last = f"{self.city}, {self.region} {self.postal_code}"
        return (first, last) if first else (last,)


class Place(Address):
    """Where people come to see somebody: `[address]` is the first such place, `[[sites]]` are the others."""

    name: Line | None = None
    """What you call it; the city serves when this is missing."""
    slug: Slug = made_from(
        default_factory=lambda known: make_slug(str(known.get("name") or known.get("city", "")))
    )
    """Its name in web addresses and in clinician.toml; made from its name when this is missing."""

    @property
    def called(self) -> str:
        return self.name or self.city


class Branch(Place):
    """A further place of the practice; what it leaves out is there as it is in the practice."""

    phone: PhoneNumber | None = None
    """Its own, when it has one."""
    fax: PhoneNumber | None = None
    hours: Week | None = None
    """When it is open; its own phone is answered then."""
    time_zone: TimeZone | None = None
    """Where its clocks differ from the practice's; its hours are told in it."""

    def lay_contact(self, contact: Contact) -> Contact:
        """The practice's ways to be reached, with its own in their place."""
        own = {"phone": self.phone, "fax": self.fax}
        return contact.model_copy(update={key: one for key, one in own.items() if one})

    def lay_hours(self, hours: Hours) -> Hours:
        """When its phone is answered: only one of its own is answered in hours of its own."""
        return hours.model_copy(update=vars(self.hours)) if self.phone and self.hours else hours


class Booking(Facts):
    url: Link | None = None
    consultation_minutes: Annotated[int, Limits(5, 120)] | None = None
    consultation_price: Money = Decimal(0)
    """0 means that the first call is free."""
    note: Line | None = None


class FeeKind(StrEnum):
    INTAKE = "intake"
    SESSION = "session"
    SLIDING = "sliding"
    GROUP = "group"
    OTHER = "other"


class Fee(Facts):
    kind: FeeKind = FeeKind.SESSION
    name: Line
    minutes: Annotated[int, Limits(5, 480)] | None = None
    price: Money
    note: Line | None = None
    slug: Slug = made_from(default_factory=lambda known: str(known.get("kind", FeeKind.SESSION)))
    """Its name for a translation of it; its kind, when this is missing."""


class Insurance(Facts):
    plans: Lines = ()
    """In-network plans, by the names that front desks use."""
    superbills: bool = False
    note: Line | None = None

    @property
    def is_told(self) -> bool:
        """Whether anything is said: a practice that says nothing has not said that it takes no plan."""
        return bool(self.plans or self.superbills or self.note)


class Payment(Facts):
    methods: Lines = ()
    due: Line | None = None
    """When payment is made: “card at the visit”."""
    cancellation: Line | None = None


class Promise(Facts):
    """How soon somebody calls the patient, in hours or days on which the practice is open."""

    working_hours: Annotated[int, Limits(1, 60)] | None = None
    working_days: Annotated[int, Limits(1, 10)] | None = None
    seen_within_days: Annotated[int, Limits(1, 180)] | None = None
    """A first appointment is usually possible within so many days."""

    @asked_last
    def _one_clock(self) -> None:
        if (self.working_hours is None) == (self.working_days is None):
            raise refuse(
                "The promise needs one clock.", "Give either working_hours or working_days."
            )


class BrandPreset(StrEnum):
    HARBOR = "harbor"
    CEDAR = "cedar"
    PLUM = "plum"


class Brand(Facts):
    preset: BrandPreset = BrandPreset.HARBOR
    accent: Annotated[str, Limits(like=r"^#[0-9a-fA-F]{6}$")] | None = None
    """One colour of your own, dark enough to read on white."""


class AdviceChoices(Facts):
    silence: Slugs = ()
    """Advice rules that you have read and do not want to see again."""


class PracticeFile(Facts):
    """The whole of `practice.toml`."""

    practice: Identity
    contact: Contact
    address: Place
    sites: tuple[Branch, ...] = ()
    mailing_address: Address | None = None
    hours: Hours
    booking: Booking = Booking()
    fees: tuple[Fee, ...] = ()
    insurance: Insurance = Insurance()
    payment: Payment = Payment()
    promise: Promise
    """How soon you call a referred patient, like working_hours = 4."""
    brand: Brand = Brand()
    advice: AdviceChoices = AdviceChoices()

    @asked_last
    def _sites_differ(self) -> None:
        refuse_twins("sites", (one.slug for one in (self.address, *self.sites)))
