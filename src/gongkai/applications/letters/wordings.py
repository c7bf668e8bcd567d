# ruff: noqa: E501  a sentence of a letter stands on one line
"""The text of the templates that come with the program. No article of law stands here: the law is filled in.

A line is a paragraph. ``[table]`` is followed by lines ``label｜value`` up to an empty line; ``[severance]`` is the
table of withheld parts; ``[slip]`` begins the 回执 on a page of its own; ``[right]``,
``[flush]`` place a line; ``%`` begins a line that only steers.
"""

from __future__ import annotations

from collections.abc import Mapping

_ASKED = "你（单位）通过{{ channel }}提出的政府信息公开申请（编号：{{ application_number }}），本机关于{{ received_on }}收到。你（单位）申请公开：“{{ requested }}”。"
_KNOWN = "你（单位）提出的政府信息公开申请（编号：{{ application_number }}），本机关于{{ received_on }}收到。"
_REMEDIES = "{{ remedies }}"
_CONTACT = "联系人：{{ officer }}。{{ contact }}。"
_SLIP = (
    "[slip]",
    "[flush]{{ agency }}：",
    "你机关“{{ title }}”（{{ document_number }}）已于　　　　年　　月　　日收到。对所涉及的政府信息，我（单位）的意见是：",
    "□ 同意公开。",
    "□ 不同意公开。理由：",
    "　",
    "　",
    "□ 同意部分公开。不同意公开的部分及理由：",
    "　",
    "　",
    "[right]签名（盖章）：　　　　　　　　",
    "[right]年　　月　　日",
)

TEXTS: Mapping[str, tuple[str, ...]] = {
    "receipt": (
        "你（单位）提出的政府信息公开申请，本机关已经登记，现将有关事项告知如下：",
        "[table]",
        "申请编号｜{{ application_number }}",
        "申请内容｜{{ requested }}",
        "收到渠道｜{{ channel }}",
        "收到申请之日｜{{ received_on }}",
        "认定的依据｜{{ received_text }}（{{ grounds }}）",
        "答复期限｜{{ due_on }}",
        "经办人｜{{ officer }}",
        "联系方式｜{{ contact }}",
        "",
        "需要补正、延期、征求意见的，答复期限依法另行计算，本机关将另行告知。",
    ),
    "correction": (
        _KNOWN,
        "经审查，你（单位）的申请内容不明确。不明确之处是：{{ unclear }}",
        "依据{{ grounds }}，请你（单位）补正下列事项：{{ to_supply }}",
        "请自收到本告知书之日起{{ working_days }}个工作日内，将补正材料提交本机关。{{ said }}",
        "对如何补正有疑问的，请与我们联系，我们将给予指导和释明。" + _CONTACT,
    ),
    "reasons_asked": (
        _KNOWN,
        "经查，你（单位）申请公开政府信息的数量、频次情况是：{{ situation }}",
        "依据{{ grounds }}，请你（单位）说明下列理由：{{ wanted }}",
        "请自收到本告知书之日起{{ working_days }}个工作日内，将书面理由提交本机关。{{ said }}",
        _CONTACT,
    ),
    "extension": (
        _KNOWN + "答复期限原为{{ due_before }}。",
        "因需要延长答复期限，理由是：{{ reason }}",
        "依据{{ grounds }}，{{ said }}，至{{ due_after }}。本机关将在此日之前答复你（单位）。",
        _CONTACT,
    ),
    "third_party_consultation": (
        "本机关收到政府信息公开申请（编号：{{ application_number }}），其中所涉及的政府信息与你（单位）有关，公开后可能影响你（单位）的合法权益。所涉及的政府信息是：{{ information }}",
        "依据{{ grounds }}，现征求你（单位）的意见。{{ said }}{{ silence }}",
        "答复的方式：{{ answer_way }}",
        "不同意公开的，请说明理由。本机关认为不公开会对公共利益造成重大影响的，可以决定公开，并书面告知你（单位）。",
        _CONTACT,
        *_SLIP,
    ),
    "co_maker_consultation": (
        "本机关收到政府信息公开申请（编号：{{ application_number }}），申请公开的政府信息由你单位与本机关共同制作。所涉及的政府信息是：{{ information }}",
        "依据{{ grounds }}，现征求你单位的意见。{{ said }}{{ silence }}",
        "答复的方式：{{ answer_way }}",
        _CONTACT,
        *_SLIP,
    ),
    "consultation_notice": (
        _KNOWN,
        "你（单位）申请公开的政府信息需要征求意见，本机关已经征求{{ party }}的意见。",
        "依据{{ grounds }}，{{ said }}收到意见或者征求意见的期限届满后，本机关将继续办理你（单位）的申请。",
        _CONTACT,
    ),
    "third_party_disclosure": (
        "本机关办理政府信息公开申请（编号：{{ application_number }}），曾就所涉及的政府信息征求你（单位）的意见。",
        "依据{{ grounds }}，{{ said }}",
        "决定公开的政府信息内容是：{{ information }}",
        "理由是：{{ public_interest }}",
        _REMEDIES,
        _CONTACT,
    ),
    "assistance": (
        "本机关正在办理政府信息公开申请（编号：{{ application_number }}），需要你单位协助下列事项：{{ matter }}",
        "请于{{ reply_by }}之前，将书面意见或者材料送交{{ office }}。",
        _CONTACT,
    ),
    "fee_notice": (
        _KNOWN,
        "你（单位）申请公开政府信息的数量、频次明显超过合理范围，依据{{ grounds }}，本机关收取信息处理费。",
        "收费标准及计算：{{ reckoning }}。",
        "应缴纳的数额：{{ amount }}元。",
        "缴纳方式：{{ payment_way }}",
        "{{ said }}",
        _CONTACT,
    ),
    "already_published": (
        _ASKED,
        "经审查，你（单位）申请公开的政府信息已经主动公开。依据{{ grounds }}，现将获取该政府信息的方式、途径告知如下：{{ access }}",
        _REMEDIES,
        _CONTACT,
    ),
    "disclosure": (
        _ASKED,
        "经审查，你（单位）申请公开的政府信息可以公开。依据{{ grounds }}，本机关决定予以公开：{{ access }}",
        _REMEDIES,
        _CONTACT,
    ),
    "partial_disclosure": (
        _ASKED,
        "经审查，你（单位）申请公开的政府信息中有不应当公开的内容，能够作区分处理。依据{{ grounds }}，本机关决定公开下列内容：{{ disclosed }}",
        "不予公开的部分及理由如下：",
        "[severance]",
        "{{ reasons }}",
        _REMEDIES,
        _CONTACT,
    ),
    "denial": (
        _ASKED,
        "经审查，你（单位）申请公开的政府信息{{ decision }}。依据是{{ grounds }}{% if legal_basis %}，以及{{ legal_basis }}{% else %}。{% endif %}",
        "理由是：{{ reasons }}",
        _REMEDIES,
        _CONTACT,
    ),
    "administrative_inquiry": (
        _ASKED,
        "经审查，你（单位）申请查询的信息，有关法律、行政法规对其获取有专门规定：{{ legal_basis }}",
        "依据{{ grounds }}，请你（单位）按照上述规定办理，查询方式是：{{ access }}",
        _REMEDIES,
        _CONTACT,
    ),
    "not_held": (
        _ASKED,
        "本机关进行了检索，情况和结果是：{{ search }}",
        "依据{{ grounds }}，现告知你（单位）：经检索，没有你（单位）所申请公开的政府信息。",
        _REMEDIES,
        _CONTACT,
    ),
    "not_responsible": (
        _ASKED,
        "经审查，你（单位）申请公开的政府信息不属于本机关负责公开。理由是：{{ reasons }}",
        "依据{{ grounds }}，特此告知。{% if other_body %}负责公开该政府信息的行政机关的名称、联系方式是：{{ other_body }}{% endif %}",
        _REMEDIES,
        _CONTACT,
    ),
    "must_be_created": (
        _ASKED,
        "经审查，你（单位）申请公开的内容没有现成的政府信息，需要本机关另行加工、分析。理由是：{{ reasons }}",
        "依据{{ grounds }}，本机关无法提供。",
        _REMEDIES,
        _CONTACT,
    ),
    "unclear": (
        _ASKED,
        "补正情况：{{ correction }}",
        "经审查，补正之后申请内容仍不明确。仍不明确之处是：{{ reasons }}",
        "依据{{ grounds }}，本机关无法提供。",
        _REMEDIES,
        _CONTACT,
    ),
    "not_processed": (
        _ASKED,
        "经审查，依据{{ grounds }}，本机关对你（单位）的申请不予处理。理由是：{{ reasons }}",
        "%p if elsewhere",
        "你（单位）可以通过下列渠道提出或者获取：{{ elsewhere }}",
        "%p endif",
        _REMEDIES,
        _CONTACT,
    ),
    "closed_uncorrected": (
        _KNOWN + "你（单位）申请公开：“{{ requested }}”。",
        "补正告知情况：{{ correction }}",
        "补正期限届满的情况：{{ lapse }}",
        "依据{{ grounds }}，视为你（单位）放弃申请，本机关不再处理该政府信息公开申请。",
        _REMEDIES,
        _CONTACT,
    ),
    "closed_unpaid": (
        _KNOWN + "你（单位）申请公开：“{{ requested }}”。",
        "收费通知情况：{{ fee_noticed }}",
        "缴费期限届满的情况：{{ lapse }}",
        "依据{{ grounds }}，视为你（单位）放弃申请，本机关不再处理该政府信息公开申请。",
        _REMEDIES,
        _CONTACT,
    ),
    "other_notice": (
        _ASKED,
        "处理情况及理由是：{{ explanation }}",
        "依据：{{ grounds }}。",
        _REMEDIES,
        _CONTACT,
    ),
    "closure": (
        _KNOWN + "你（单位）申请公开：“{{ requested }}”。",
        "{{ closing }}",
        "本件申请至此办结，特此告知。",
        _CONTACT,
    ),
    "service_proof": (
        "[table]",
        "送达文书｜{{ document }}",
        "文号｜{{ document_number }}",
        "申请编号｜{{ application_number }}",
        "受送达人｜{{ recipient }}",
        "送达方式｜{{ mode }}",
        "发出日期｜{{ sent_on }}",
        "邮寄单号｜{{ tracking }}",
        "送达日期｜{{ served_on }}",
        "受送达人签名（盖章）｜　",
        "代收人及与受送达人的关系｜　",
        "送达人｜　",
        "备注｜　",
        "",
    ),
}
