"""Addresses of /plans."""

from django.urls import path

from lianxin.web.plans import documents, meetings, petitions, plans, tasks, writing

urlpatterns = [
    path("", plans.index, name="plans"),
    path("/new", plans.new, name="plan_new"),
    path("/<uuid:pk>", plans.one, name="plan"),
    path("/<uuid:pk>/acts/<slug:act>", plans.act, name="plan_act"),
    path("/<uuid:pk>/write", writing.write, name="plan_write"),
    path("/<uuid:pk>/goals", writing.goal, name="plan_goal"),
    path("/<uuid:pk>/lines", writing.line, name="plan_line"),
    path("/<uuid:pk>/lines/<int:number>", writing.change, name="plan_change"),
    path("/<uuid:pk>/lines/<int:number>/remove", writing.remove, name="plan_remove"),
    path("/<uuid:pk>/versions/<int:number>", plans.version, name="plan_version"),
    path("/<uuid:pk>/versions/<int:number>.pdf", plans.paper, name="plan_pdf"),
    path("/tasks", tasks.mine, name="plan_tasks"),
    path("/tasks/reports", tasks.reports, name="plan_reports"),
    path("/tasks/<uuid:pk>", tasks.one, name="plan_task"),
    path("/tasks/<uuid:pk>/report", tasks.report, name="plan_task_report"),
    path("/tasks/<uuid:pk>/acts/<slug:act>", tasks.act, name="plan_task_act"),
    path("/tasks/<uuid:pk>/proofs/<uuid:file>", tasks.proof, name="plan_task_proof"),
    path("/documents", documents.index, name="superior_documents"),
    path("/documents/new", documents.new, name="superior_document_new"),
    path("/documents/<uuid:pk>", documents.one, name="superior_document"),
    path("/documents/<uuid:pk>/acts/<slug:act>", documents.act, name="superior_document_act"),
    path("/documents/<uuid:pk>/files/<uuid:file>", documents.file, name="superior_document_file"),
    path("/petitions", petitions.index, name="petitions"),
    path("/petitions/new", petitions.new, name="petition_new"),
    path("/petitions/<uuid:pk>", petitions.one, name="petition"),
    path("/petitions/<uuid:pk>/issue", petitions.issue, name="petition_issue"),
    path("/petitions/<uuid:pk>/acts/<slug:act>", petitions.act, name="petition_act"),
    path("/petitions/<uuid:pk>/letter.pdf", petitions.letter, name="petition_letter"),
    path("/meetings", meetings.index, name="work_meetings"),
    path("/meetings/new", meetings.new, name="work_meeting_new"),
    path("/meetings/<uuid:pk>", meetings.one, name="work_meeting"),
    path("/meetings/<uuid:pk>/minutes", meetings.minutes, name="work_meeting_minutes"),
    path("/meetings/<uuid:pk>/minutes.pdf", meetings.paper, name="work_meeting_pdf"),
    path("/meetings/<uuid:pk>/acts/<slug:act>", meetings.act, name="work_meeting_act"),
]
