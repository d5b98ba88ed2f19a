"""The wheel of the framework: 15 sectors of assistance, three phases, and the systems that sectors link to.

Sectors and their numbers follow MC/2355; the review of 2012-2013 (section 3.1) itself names the numbers 8, 10, 11 and
13. Phases and systems: the review, section 1.1. Which sector links to which system is our reading, for teaching, and
not IOM policy. Sectors 11 to 14 have no cluster; for 12 the home is the ministry of foreign affairs. The order around
the wheel is ours: by number.
"""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["before", "during", "after"]
System = Literal["clusters", "refugee-regime", "security-and-peace", "development"]

PHASES: tuple[Phase, ...] = ("before", "during", "after")
SYSTEMS: tuple[System, ...] = ("clusters", "refugee-regime", "security-and-peace", "development")
PHASE_NAMES: dict[Phase, str] = {
    "before": "Before the crisis",
    "during": "During the crisis",
    "after": "After the crisis",
}
SYSTEM_NAMES: dict[System, str] = {
    "clusters": "Cluster system",
    "refugee-regime": "Refugee regime",
    "security-and-peace": "Security and peace",
    "development": "Development",
}


@dataclass(frozen=True)
class Sector:
    """A sector of assistance: its number in MC/2355, its English name, and the systems that it links to."""

    id: str
    number: int
    name: str
    systems: tuple[System, ...]


SECTORS = (
    Sector("camp-management", 1, "Camp management and displacement tracking", ("clusters",)),
    Sector("shelter", 2, "Shelter and non-food items", ("clusters",)),
    Sector("transport", 3, "Transport assistance for affected populations", ("clusters", "refugee-regime")),
    Sector("health", 4, "Health support", ("clusters",)),
    Sector("psychosocial", 5, "Psychosocial support", ("clusters",)),
    Sector("reintegration", 6, "(Re)integration assistance", ("clusters", "development")),
    Sector(
        "community-stabilization",
        7,
        "Activities to support community stabilization and transition",
        ("clusters", "security-and-peace", "development"),
    ),
    Sector(
        "disaster-risk-reduction", 8, "Disaster risk reduction and resilience building", ("clusters", "development")
    ),
    Sector("land-and-property", 9, "Land and property support", ("clusters", "development")),
    Sector("counter-trafficking", 10, "Counter-trafficking and protection of vulnerable migrants", ("clusters",)),
    Sector(
        "border-management",
        11,
        "Technical assistance for humanitarian border management",
        ("refugee-regime", "security-and-peace"),
    ),
    Sector("consular-assistance", 12, "Emergency consular assistance", ()),
    Sector("diaspora", 13, "Diaspora and human resource mobilization", ("development",)),
    Sector("migration-policy", 14, "Migration policy and legislation support", ("refugee-regime",)),
    Sector("communications", 15, "Humanitarian communications", ("clusters",)),
)
SECTOR_IDS = tuple(sector.id for sector in SECTORS)
