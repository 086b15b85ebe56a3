"""Addresses of /campaigns: the desk behind the sign-in, the contest for everybody."""

from django.urls import path

from lianxin.web.campaigns import contests, golden, inspections, moral, tasks, themes, work

urlpatterns = [
    path("", themes.index, name="campaigns"),
    path("/work", work.index, name="key_tasks"),
    path("/work/new", work.new, name="key_task_new"),
    path("/work/reviews", work.reviews, name="key_task_reviews"),
    path("/work/<uuid:pk>", work.one, name="key_task"),
    path("/work/parts/<uuid:pk>/acts/<slug:act>", work.act, name="key_task_act"),
    path("/themes/new", themes.new, name="campaign_new"),
    path("/themes/<uuid:pk>", themes.one, name="campaign"),
    path("/themes/<uuid:pk>/close", themes.close, name="campaign_close"),
    path("/tasks/<uuid:pk>", tasks.task, name="campaign_task"),
    path("/tasks/<uuid:pk>/files", tasks.prove, name="campaign_task_prove"),
    path("/tasks/<uuid:pk>/files/<uuid:file>", tasks.proof, name="campaign_task_proof"),
    path("/contests", contests.index, name="contests"),
    path("/contests/new", contests.new, name="contest_new"),
    path("/contests/<uuid:pk>", contests.one, name="contest"),
    path("/contests/<uuid:pk>/nominate", contests.nominate, name="contest_nominate"),
    path("/contests/<uuid:pk>/acts/<slug:act>", contests.act, name="contest_act"),
    path("/contests/<uuid:pk>/publish", contests.publish, name="contest_publish"),
    path("/nominations/<uuid:pk>/review", contests.review, name="nomination_review"),
    path("/nominations/<uuid:pk>/count", contests.count, name="nomination_count"),
    path("/golden", golden.index, name="golden"),
    path("/golden/<uuid:pk>", golden.one, name="golden_one"),
    path("/golden/<uuid:pk>/vote", golden.vote, name="golden_vote"),
    path("/moral", moral.index, name="moral"),
    path("/moral/new", moral.new, name="moral_new"),
    path("/mine", inspections.mine, name="my_villages"),
    path("/findings", inspections.findings, name="findings"),
    path("/findings/<uuid:pk>/acts/<slug:act>", inspections.act, name="finding_act"),
    path("/inspections/new/<slug:code>", inspections.new, name="inspection_new"),
    path("/inspections/<uuid:pk>", inspections.one, name="inspection"),
    path("/supervisors", inspections.supervisors, name="supervisors"),
    path("/supervisors/<slug:code>", inspections.assign, name="supervisor_assign"),
]
