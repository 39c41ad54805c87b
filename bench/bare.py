"""The bare view: the same bytes as a page, answered before all middleware, in the same process and server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/bare"


class Bare:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.kept: dict[str, HttpResponse] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(PREFIX):
            return self.get_response(request)
        kept = self.kept.get(path)
        if kept is None:
            request.path_info = request.path = path[len(PREFIX) :]
            kept = self.kept[path] = self.get_response(request)
        answer = HttpResponse(kept.content, status=kept.status_code)
        for name, value in kept.headers.items():
            answer.headers[name] = value
        return answer
