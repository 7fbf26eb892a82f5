package com.visitorcount.rollup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.http.PowertoolsRecords;
import com.visitorcount.http.Telemetry;
import java.time.Clock;
import java.util.Map;

/** Lambda entry point of the rollup function: wiring only. */
public final class RollupHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final Telemetry telemetry;
  private final Rollup rollup;

  /** Called by Lambda once for each sandbox, or, with SnapStart, once for all of them. */
  public RollupHandler() {
    this(System.getenv(), Clock.systemUTC());
  }

  /**
   * For running the function with a given environment.
   *
   * @throws IllegalStateException with all faults of the environment
   */
  public RollupHandler(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    this.telemetry = new Telemetry(settings.telemetry(), System::nanoTime, new PowertoolsRecords());
    this.rollup =
        new Rollup(
            HistoryTable.open(settings.historyTable()),
            clock,
            settings.telemetry().requestRecords());
  }

  /**
   * Stores the views of a batch. Records of earlier batches may come again at any time, from the
   * stream or by hand.
   *
   * @throws IllegalArgumentException if the event is not a batch of a stream
   */
  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    if (event.getRecords() == null) {
      // Lambda's message about a failed batch has the event as text, and must not pass as an empty
      // batch
      throw new IllegalArgumentException(
          "The event has no Records; of a batch that was given up, send the payload");
    }
    return telemetry.record(context, record -> rollup.store(event.getRecords(), record));
  }
}
