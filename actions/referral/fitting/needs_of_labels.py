"""What a label needs, as kinds of lines."""

from resources_directory.model.needs import NEEDS

# Kinds of lines by label, the most wanted first.
_LABOUR, _TRAFFICKED = NEEDS["labour"], "trafficking"
NEEDS_OF: dict[str, tuple[str, ...]] = {
    "disclose_minor": ("child", _TRAFFICKED),
    "disclose_sexual_exploitation": (_TRAFFICKED, "domestic_violence"),
    # No line on suicide: "I want him to stop" tells of no wish to die, and frightens whoever reads that.
    "disclose_image_abuse": ("online_abuse", "domestic_violence", _TRAFFICKED, "migrant", "child"),
    "disclose_confinement": (_TRAFFICKED, "domestic_violence", "labour"),
    "disclose_document_confiscation": (_TRAFFICKED, "labour", "migrant"),
    "disclose_debt_bondage": (_TRAFFICKED, "labour", "migrant"),
    "disclose_unpaid_wages": _LABOUR,
    "disclose_forced_criminality": (_TRAFFICKED, "legal_aid"),
    "disclose_forced_marriage": (_TRAFFICKED, "domestic_violence", "child"),
    "disclose_organ_removal": (_TRAFFICKED,),
    "disclose_threats": (_TRAFFICKED, "domestic_violence"),
    "disclose_deceptive_recruitment": (_TRAFFICKED, "labour", "migrant"),
    "disclose_forced_labour": (_TRAFFICKED, "labour", "migrant"),
    "report_concern": (_TRAFFICKED, "migrant", "labour"),
    "concern_child": ("child", _TRAFFICKED),
    "report_missing_person": NEEDS["missing"],
    "check_job_offer": (_TRAFFICKED, "labour", "migrant"),
    "find_shelter": ("shelter", _TRAFFICKED, "domestic_violence"),
    "find_legal_aid": ("legal_aid", "labour", "migrant"),
    "find_medical_care": ("medical", _TRAFFICKED, "domestic_violence"),
    "find_counselling": ("crisis", "counselling"),
    "find_basic_needs": ("migrant", "referral", _TRAFFICKED),
    "ask_immigration_rights": ("legal_aid", "migrant"),
    "ask_worker_rights": _LABOUR,
    "ask_police": ("legal_aid", _TRAFFICKED),
    "express_distress": ("crisis",),
    **{
        f"need_{what}": NEEDS[what]
        for what in ("labour", "consulate", "seafarers", "interpreter", "documents", "return_home")
    },
}
