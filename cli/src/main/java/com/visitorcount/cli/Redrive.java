package com.visitorcount.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.history.UnreadableRecords;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code redrive}: sends to history again what could not be stored. */
@Command(
    name = "redrive",
    description = {
      "Sends again what history could not store: batches that Lambda gave up, and records of the"
          + " stream that could not be read. Fix the cause first.",
      "What history takes is deleted from where it waited; views that it has already change"
          + " nothing, so you may give this command as often as you like."
    },
    mixinStandardHelpOptions = true)
final class Redrive implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names in the template, which are those of a local run. */
  private static final String FUNCTION = "RollupFunction";

  private static final String BUCKET = "GivenUpBatches";

  private static final String TAKEN = "{\"batchItemFailures\":[]}";

  private final Terminal terminal;

  @Mixin private final Target target = new Target();

  @Option(
      names = "--site-port",
      paramLabel = "PORT",
      description =
          "Beside --local: the port of the demo site, where S3 and Lambda are (default:"
              + " ${DEFAULT-VALUE}).")
  private int sitePort = 8080;

  @Option(
      names = "--clear-note",
      description =
          "Also say that everything that was set aside has been looked after: this ends"
              + " the alarm.")
  private boolean clearNote;

  @Option(names = "--dry-run", description = "Say how much there is, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  Redrive(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (target.table != null || target.historyTable != null) {
      throw new UsageException("Say which stack: --stack NAME, or --local PORT.");
    }
    boolean isLocal = target.stack == null;
    try (Tables tables = target.open();
        S3Client s3 = isLocal ? localS3() : S3Client.create();
        LambdaClient lambda = isLocal ? localLambda() : LambdaClient.create()) {
      @Nullable Stack deployed = target.stack();
      String function = deployed == null ? FUNCTION : dryRun ? "" : deployed.resource(FUNCTION);
      int[] batches = {0, 0};
      String bucket = deployed == null ? BUCKET : deployed.output("GivenUpBatchesBucket");
      s3.listObjectsV2Paginator(list -> list.bucket(bucket))
          .contents()
          .forEach(
              object -> {
                batches[0]++;
                batches[1] += dryRun || putBack(s3, lambda, function, bucket, object) ? 0 : 1;
                terminal.progress(batches[0], "batches");
              });
      UnreadableRecords.Redriven records =
          tables
              .history()
              .unreadableRecords()
              .redrive(sent -> isTaken(lambda, function, batch(sent)), dryRun);
      if (clearNote && !dryRun && records.left() == 0) {
        tables.history().unreadableRecords().clearNote();
      }
      int left = dryRun ? 0 : batches[1] + records.left();
      report(batches, records);
      return left == 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (SdkClientException e) {
      if (isLocal) {
        throw new FailureException(
            "No demo site answers at port %d; --site-port is that of site= in the READY line."
                .formatted(sitePort));
      }
      throw e;
    }
  }

  private S3Client localS3() {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + sitePort + "/s3"))
        .region(Region.US_EAST_1)
        .credentialsProvider(Target.LOCAL)
        .forcePathStyle(true)
        .build();
  }

  private LambdaClient localLambda() {
    return LambdaClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + sitePort))
        .region(Region.US_EAST_1)
        .credentialsProvider(Target.LOCAL)
        .build();
  }

  private boolean putBack(
      S3Client s3, LambdaClient lambda, String function, String bucket, S3Object object) {
    byte[] content = s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray();
    String payload;
    try {
      JsonNode given = JSON.readTree(content).path("payload");
      payload = given.isTextual() ? given.textValue() : JSON.writeValueAsString(given);
    } catch (IOException e) {
      payload = "";
    }
    if (payload.isEmpty() || !isTaken(lambda, function, payload)) {
      terminal.errors().printf("Not put back: s3://%s/%s%n", bucket, object.key());
      terminal.errors().flush();
      return false;
    }
    s3.deleteObject(delete -> delete.bucket(bucket).key(object.key()));
    return true;
  }

  private static boolean isTaken(LambdaClient lambda, String function, String payload) {
    InvokeResponse answer =
        lambda.invoke(
            invoke ->
                invoke
                    .functionName(function)
                    .qualifier("live")
                    .payload(SdkBytes.fromUtf8String(payload)));
    return answer.functionError() == null && answer.payload().asUtf8String().strip().equals(TAKEN);
  }

  private static String batch(List<String> records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  private void report(int[] batches, UnreadableRecords.Redriven records) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("batches", batches[0]);
    result.put("batchesLeft", dryRun ? batches[0] : batches[1]);
    result.put("records", records.sent());
    result.put("recordsLeft", records.left());
    result.put("dryRun", dryRun);
    terminal.result(json, result, text(batches, records));
  }

  private String text(int[] batches, UnreadableRecords.Redriven records) {
    if (batches[0] == 0 && records.sent() == 0) {
      return "Nothing was given up or set aside.";
    }
    return dryRun
        ? "Batches given up: %d would be sent. Records set aside: %d would be sent."
            .formatted(batches[0], records.sent())
        : "Batches given up: %d sent, %d left. Records set aside: %d sent, %d left."
            .formatted(batches[0], batches[1], records.sent(), records.left());
  }
}
