"""Synonyms of most businesses, verbs that add nothing to their nouns, and words for money."""

from buster_jobs.packages.ai.schema.words import stem, word_set

_GROUPS = (
    "customer client buyer shopper", "product item article good sku", "employee staff worker", "doctor physician",
    "order purchase buy ordered bought sell sold", "price cost fee", "revenue sale turnover",
    "sale sell sold", "salary wage earn earning",
    "company firm business", "country nation", "city town", "gender sex", "phone telephone", "department division",
    "supplier vendor", "invoice bill", "vehicle car", "student pupil", "teacher instructor teach", "rating star score",
    "duration length last lasted long", "weight weigh", "quantity unit", "shipment delivery", "payment paid",
    "appointment visit", "diagnosis diagnose diagnosed", "spend spent total amount", "birth birthday born dob",
    "enrollment enrolment enrolled enroll", "absence absent", "email mail", "stock inventory", "built manufactured",
    "registered signed signup joined created", "review feedback", "discount rebate", "refund reimbursement",
    "ticket issue", "wait waited waiting", "hired joined employed", "zip postcode", "subscription subscriber subscribe",
    "title name", "seller merchant", "warehouse depot", "project assignment", "lesson class", "age birth",
    "insurer insurance", "prescription prescribed", "booking reservation booked", "guest visitor", "trip journey ride",
)  # fmt: skip
_SYNONYMS = tuple(frozenset(stem(word) for word in group.split()) for group in _GROUPS)

# Glue unless the catalog has such a name: "customers who live in Leeds", "anything", "Dr.".
LIGHT = word_set(
    """
    live lives lived living reside resides residing come comes came coming belong belongs located based situated
    work works working worked make makes made making done get gets got getting receive receives received see sees
    saw seen use uses used using go goes went run runs handle handles handled keep keeps take takes took taken
    serve serves served cover covers covered bring brings brought place places treat treats treated
    offer offers offered teach teaches taught own owns owned carry carries carried worth
    now currently presently about regarding concerning issued last lasts lasted
    anything anyone anybody something someone ever still already yet so far till through via among across
    dr mr mrs ms prof together altogether want know see let if then
    here $ \u20ac \u00a3
    """
)


# Words whose numbers add up: "revenue per month" is a sum, "price per month" is not.
ADDITIVE = word_set("revenue revenues sale sales turnover income expense expenses spending spend total earnings")

# Words for amounts of money: "total fines" is a sum, "total invoices" a count.
IS_MONEY = word_set("payment fine fee refund expense cost donation charge deposit bonus tip sale earning rebate grant")


def synonyms(word: str) -> frozenset[str]:
    """The stems of the synonyms of a word."""
    own = stem(word)
    return frozenset(other for group in _SYNONYMS if own in group for other in group) - {own}
