"""Addresses of the area."""

from django.urls import path, register_converter

from .views import desk, digest, issues, news


class Quarter:
    """`2024-q4` in an address is the quarter `2024-Q4`."""

    regex = "[12][0-9]{3}-q[1-4]"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value.lower()


register_converter(Quarter, "quarter")

urlpatterns = [
    # /news/ and /digest/
    path("news/", news.news, name="news"),
    path("news.atom", news.news_feed, name="news-feed"),
    path("news/<str:ref>/", news.item, name="news-item"),
    path("digest/", digest.digests, name="digests"),
    path("digest.atom", digest.digest_feed, name="digest-feed"),
    path("digest/<quarter:quarter>/", digest.issue, name="issue"),
    path("digest/<quarter:quarter>/<int:number>/", digest.edition, name="edition"),
    path("digest/<quarter:quarter>/<int:number>.pdf", digest.edition_print, name="edition-print"),
    # the press unit's news
    path("secretariat/news/", desk.news_desk, name="news-desk"),
    path("secretariat/news/draft/", desk.drafting, name="news-drafting"),
    path("secretariat/news/preview/", desk.preview, name="news-preview"),
    path("secretariat/news/<str:ref>/", desk.draft, name="news-draft"),
    path("secretariat/news/<str:ref>/picture/", desk.picture, name="news-picture"),
    path("secretariat/news/<str:ref>/schedule/", desk.schedule, name="news-schedule"),
    path("secretariat/news/<str:ref>/unscheduling/", desk.unscheduling, name="news-unscheduling"),
    path("secretariat/news/<str:ref>/publication/", desk.publication, name="news-publication"),
    path("secretariat/news/<str:ref>/correction/", desk.correction, name="news-correction"),
    path("secretariat/news/<str:ref>/withdrawal/", desk.withdrawal, name="news-withdrawal"),
    path("secretariat/pictures/<str:ref>/removal/", desk.picture_removal, name="news-picture-removal"),
    # the press unit's Digest
    path("secretariat/digest/", issues.digest_desk, name="digest-desk"),
    path("secretariat/digest/<quarter:quarter>/", issues.issue_draft, name="issue-draft"),
    path("secretariat/digest/<quarter:quarter>/items/", issues.issue_items, name="issue-items"),
    path("secretariat/digest/<quarter:quarter>/words/", issues.issue_words, name="issue-words"),
    path("secretariat/digest/<quarter:quarter>/preview/", issues.issue_preview, name="issue-preview"),
    path("secretariat/digest/<quarter:quarter>/proof/", issues.issue_proof, name="issue-proof"),
    path(
        "secretariat/digest/<quarter:quarter>/proof/<int:version>.<str:language>.pdf", issues.issue_proof_file,
        name="issue-proof-file",
    ),
    path("secretariat/digest/<quarter:quarter>/publication/", issues.issue_publication, name="issue-publication"),
    path("secretariat/digest/<quarter:quarter>/withdrawal/", issues.issue_withdrawal, name="issue-withdrawal"),
]  # fmt: skip
