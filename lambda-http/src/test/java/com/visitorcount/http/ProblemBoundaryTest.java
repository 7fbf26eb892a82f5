package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.page.PageId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the boundary works with an endpoint that has its own form of problems. */
final class ProblemBoundaryTest {
  private final RequestRecord record = mock();

  @Test
  void answer_problemInAFormOfItsOwn_isRecordedAllTheSame() {
    assertThat(answer(() -> PageId.of(""))).isEqualTo("invalid-page");

    verify(record).count(Metric.REJECTED_REQUESTS);
    verify(record).note("problem", "invalid-page");
    verifyNoMoreInteractions(record);
  }

  @Test
  void answer_faultInAFormOfItsOwn_isRecordedAllTheSame() {
    String body =
        answer(
            () -> {
              throw new StoreUnavailableException("throttled");
            });

    assertThat(body).isEqualTo("counters-unavailable");
    verify(record).count(Metric.FAULTS);
    verify(record).note("problem", "counters-unavailable");
    verifyNoMoreInteractions(record);
  }

  @Test
  void answer_stackThatOverflows_is500AndEndsNoProcess_caseC1() {
    assertThat(answer(ProblemBoundaryTest::withoutEnd)).isEqualTo("internal-error");

    verify(record).count(Metric.FAULTS);
    verify(record).note("problem", "internal-error");
    verifyNoMoreInteractions(record);
  }

  @SuppressWarnings("InfiniteRecursion") // intended
  private static void withoutEnd() {
    withoutEnd();
  }

  private String answer(Runnable behaviour) {
    Endpoint endpoint =
        new Endpoint() {
          @Override
          public HttpResponse answer(HttpRequest request, RequestRecord record) {
            behaviour.run();
            return HttpResponse.of("text/plain", "no problem");
          }

          @Override
          public HttpResponse problem(Problem problem, HttpRequest request) {
            return HttpResponse.of("text/plain", problem.type().slug());
          }
        };
    HttpRequest request = new HttpRequest("r", "GET", "/", "", Map.of(), null, false, "192.0.2.1");
    return new ProblemBoundary(endpoint).answer(request, record).body();
  }
}
