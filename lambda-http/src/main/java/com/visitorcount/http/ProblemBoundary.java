package com.visitorcount.http;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.page.InvalidPageException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place where a request's exceptions are caught. Client errors become a 4xx and a property
 * of the request's record; our own become a 5xx and one ERROR line. This includes stack overflows,
 * for which Lambda's runtime client would end the process.
 */
final class ProblemBoundary implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemBoundary.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  private static final Problem UNAVAILABLE =
      new Problem(
          ProblemType.COUNTERS_UNAVAILABLE,
          "Send the request again in a moment, a view with the same id: it counts once.",
          Map.of("retry-after", RETRY_AFTER_SECONDS));

  private static final Problem BROKEN =
      Problem.of(
          ProblemType.BROKEN_COUNTER,
          "The attribute views of this page's item is not a whole number from 0 to 10^38 - 1. Its"
              + " owner has to set it right; trying again does not help.");

  private static final Problem INTERNAL_ERROR =
      Problem.of(ProblemType.INTERNAL_ERROR, "The error is on our side and has been logged.");

  private final Endpoint endpoint;

  ProblemBoundary(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    try {
      return endpoint.answer(request, record);
    } catch (ProblemException e) {
      return answer(e.problem(), request, record);
    } catch (InvalidPageException e) {
      return answer(Problem.of(ProblemType.INVALID_PAGE, e.getMessage()), request, record);
    } catch (StoreUnavailableException e) {
      // no stack trace: it is always the same, and there may be a flood of these
      LOG.error("The counters are unavailable: {}, because of {}", e.getMessage(), e.getCause());
      return answer(UNAVAILABLE, request, record);
    } catch (BrokenCounterException e) {
      LOG.error("A counter is broken: {}", e.getMessage());
      return answer(BROKEN, request, record);
    } catch (RuntimeException | StackOverflowError e) {
      // the stack is unwound here; no other VirtualMachineError is recoverable
      LOG.error("A request failed", e);
      return answer(INTERNAL_ERROR, request, record);
    }
  }

  private HttpResponse answer(Problem problem, HttpRequest request, RequestRecord record) {
    boolean ours = problem.type().status() >= 500;
    record.count(ours ? Metric.FAULTS : Metric.REJECTED_REQUESTS);
    record.note("problem", problem.type().slug());
    return endpoint.problem(problem, request);
  }
}
