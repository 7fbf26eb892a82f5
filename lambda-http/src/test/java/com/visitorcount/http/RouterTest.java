package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouterTest {
  private final Router router =
      new Router(Map.of("/a", new Named("a"), "/a/", new Named("a slash")), new Named("others"));

  @ParameterizedTest
  @CsvSource({"/a, a", "/a/, a slash", "/, others", "/A, others", "/%61, others", "'', others"})
  void answer_path_isTheEndpoints(String path, String name) {
    assertThat(router.answer(request(path), mock()).body()).isEqualTo(name);
  }

  @Test
  void problem_isTheEndpointsToo() {
    Problem problem = Problem.of(ProblemType.INVALID_PAGE, null);

    assertThat(router.problem(problem, request("/a")).body()).isEqualTo("a invalid-page");
    assertThat(router.problem(problem, request("/b")).body()).isEqualTo("others invalid-page");
  }

  private static HttpRequest request(String path) {
    return new HttpRequest("r", "GET", path, "", Map.of(), null, false, "192.0.2.1");
  }

  private record Named(String name) implements Endpoint {
    @Override
    public HttpResponse answer(HttpRequest request, RequestRecord record) {
      return HttpResponse.of("text/plain", name);
    }

    @Override
    public HttpResponse problem(Problem problem, HttpRequest request) {
      return HttpResponse.of("text/plain", name + " " + problem.type().slug());
    }
  }
}
