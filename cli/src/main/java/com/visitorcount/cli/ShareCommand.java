package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.history.ShareKey;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code share}: prints and checks keys to the statistics of one site. */
@Command(
    name = "share",
    description = {
      "Makes and checks the keys of share links, each of which opens one site.",
      "They are derived from StatisticsShareSecret: type it when asked, or send it to standard"
          + " input. It is not sent anywhere."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT")
final class ShareCommand {
  private final Terminal terminal;

  ShareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "make",
      description = "Prints the key of a site, and with --stack the link.",
      mixinStandardHelpOptions = true)
  int make(
      @Parameters(paramLabel = "SITE", description = "As in example.com.") String site,
      @Mixin Target target,
      @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
    Stack deployed = target.stack();
    requireSecret(deployed);
    String key = key(target, site);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("site", site);
    result.put("share", key);
    String text = key;
    if (deployed != null) {
      text =
          "%s?site=%s&share=%s"
              .formatted(deployed.dashboard(), URLEncoder.encode(site, UTF_8), key);
      result.put("link", text);
    }
    terminal.result(json, result, text);
    return ExitCode.OK;
  }

  @Command(
      name = "check",
      description = "Says whether a key opens a site.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(paramLabel = "SITE", description = "As in example.com.") String site,
      @Parameters(paramLabel = "KEY", description = "What follows share= in the link.") String key,
      @Mixin Target target,
      @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
    boolean valid = key(target, site).equals(key);
    terminal.result(
        json,
        Map.of("valid", valid),
        valid ? "The key opens " + site + "." : "The key does not open " + site + ".");
    return valid ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void requireSecret(@Nullable Stack stack) {
    if (stack != null && stack.parameter("StatisticsShareSecret").equals("none")) {
      throw new FailureException("The stack has no share keys: StatisticsShareSecret is not set.");
    }
  }

  /** The key for a link without filters. */
  private String key(Target target, String site) {
    long generation;
    try (Tables tables = target.open()) {
      generation = tables.history().shareGenerations().of(site);
    }
    @Nullable String secret = terminal.ask("StatisticsShareSecret: ");
    if (secret == null || secret.isBlank()) {
      throw new UsageException("A key is derived from StatisticsShareSecret.");
    }
    return ShareKey.of(secret.strip(), site, generation, "");
  }
}
