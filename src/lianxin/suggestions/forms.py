"""What is typed in for each act on a suggestion; the API publishes these as JSON Schema."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.suggestions import services
from lianxin.suggestions.rules import Rating, RejectReason


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class DraftForm(Form):
    """建议正文."""

    title: str = Field(title="标题", min_length=1, max_length=40)
    situation: str = Field(default="", title="案由和情况", max_length=4000)
    analysis: str = Field(default="", title="分析", max_length=4000)
    proposal: str = Field(default="", title="具体建议", max_length=4000)
    demands: list[str] = Field(default_factory=list, title="诉求（逐条）", max_length=5)
    kind: Literal["suggestion", "criticism", "opinion"] = Field(default="suggestion", title="类型")
    category: str = Field(default="", title="类别", max_length=20)
    suggested_unit: str = Field(default="", title="建议承办单位", max_length=40)
    agree_to_publish: bool = Field(default=False, title="同意公开")
    confidential: bool = Field(default=False, title="请为我保密")
    wants_meeting: bool = Field(default=False, title="希望面商")
    fast_track: bool = Field(default=False, title="直通车")
    fast_track_reason: str = Field(default="", title="直通车理由", max_length=200)
    what_is_new: str = Field(default="", title="与以前提过的有什么不同", max_length=1000)
    at_session: bool = Field(default=False, title="大会期间提出")

    def draft(self) -> services.Draft:
        """Return what the deputy wrote."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "seen_hash"}
        return services.Draft(**{**given, "demands": tuple(self.demands)})


class Edit(DraftForm):
    """修改."""

    seen_hash: str = Field(default="", title="看到的版本", max_length=64)

    def draft(self) -> services.Draft:
        """Return what the deputy wrote."""
        return DraftForm(**self.model_dump(exclude={"seen_hash"})).draft()


class Deputies(Form):
    """邀请联名."""

    deputies: list[UUID] = Field(title="代表", min_length=1, max_length=30)


class OneDeputy(Form):
    """移出联名."""

    deputy: UUID = Field(title="代表")


class Cosign(Form):
    """表态."""

    words: str = Field(default="", title="意见", max_length=200)
    seen_hash: str = Field(default="", title="看到的版本", max_length=64)


class Words(Form):
    """说明."""

    note: str = Field(title="说明", min_length=5, max_length=1000)


class MayNote(Form):
    """备注."""

    note: str = Field(default="", title="备注", max_length=1000)


class Reject(Form):
    """理由."""

    reason: RejectReason = Field(title="情形")
    words: str = Field(title="依据和说明", min_length=5, max_length=1000)


class Appeal(Form):
    """申诉."""

    words: str = Field(title="申诉理由", min_length=10, max_length=1000)


class Into(Form):
    """并案."""

    into: UUID = Field(title="并到哪一件")
    note: str = Field(title="理由", min_length=2, max_length=500)


class PartForm(Form):
    """一个承办单位."""

    unit: str = Field(title="单位（代码）", min_length=1, max_length=40)
    mode: Literal["sole", "main", "assist", "separate"] = Field(title="方式")
    scope: str = Field(default="", title="分工", max_length=500)


class Assign(Form):
    """交办."""

    parts: list[PartForm] = Field(title="承办单位", min_length=1, max_length=8)
    note: str = Field(default="", title="交办说明", max_length=500)


class Rehandle(Form):
    """重新办理."""

    note: str = Field(title="要求", min_length=5, max_length=1000)
    units: list[str] = Field(default_factory=list, title="改由哪些单位（不填为原单位）", max_length=6)


class Evaluate(Form):
    """评价."""

    attitude: Rating = Field(title="办理态度")
    result: Rating = Field(title="办理结果")
    reasons: str = Field(default="", title="不满意的原因", max_length=2000)
    demand_numbers: list[int] = Field(default_factory=list, title="没有办好的诉求序号", max_length=5)
    pressured: bool = Field(default=False, title="有人劝我改评价（只有办事机构看得到）")


class Reassign(Form):
    """另行交办."""

    part: UUID = Field(title="哪一部分（已退办）")
    unit: str = Field(title="单位（代码）", min_length=1, max_length=40)
    note: str = Field(default="", title="交办说明", max_length=500)


class MarkKey(Form):
    """列为重点."""

    leader: str = Field(title="领衔督办的负责人", min_length=1, max_length=40)
    note: str = Field(default="", title="备注", max_length=1000)


class Report(Form):
    """承诺进展."""

    commitment: UUID = Field(title="承诺")
    text: str = Field(title="进展", min_length=5, max_length=2000)


class Proof(Form):
    """兑现材料."""

    commitment: UUID = Field(title="承诺")
    proof: str = Field(title="怎样兑现的", min_length=5, max_length=2000)


class ConfirmPromise(Form):
    """确认兑现."""

    commitment: UUID = Field(title="承诺")
    fulfilled: bool = Field(title="已兑现")
    words: str = Field(default="", title="说明", max_length=500)
