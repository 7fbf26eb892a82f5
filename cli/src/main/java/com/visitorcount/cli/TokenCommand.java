package com.visitorcount.cli;

import com.visitorcount.hash.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code token}: makes and checks tokens that open the statistics, or let a server count for its
 * visitors.
 */
@Command(
    name = "token",
    description = "Makes and checks access tokens. The stack knows only their SHA-256.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT")
final class TokenCommand {
  private static final int BYTES = 32;

  private final Terminal terminal;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "make",
      description = "Prints a new random token, and the SHA-256 to deploy.",
      mixinStandardHelpOptions = true)
  int make(@Option(names = "--json", description = "Print the result as JSON.") boolean json) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("token", token);
    result.put("sha256", sha256(token));
    terminal.result(
        json,
        result,
        """
        Token: %s
        Keep it: nothing else knows it. Deploy with its SHA-256 as StatisticsTokenSha256, or as
        TrustedSenderTokenSha256 for a server that counts for its visitors:
        %s"""
            .formatted(token, sha256(token)));
    return ExitCode.OK;
  }

  @Command(
      name = "check",
      description = {
        "Says whether a token opens the statistics of a stack.",
        "Type it when asked, or send it to standard input."
      },
      mixinStandardHelpOptions = true)
  int check(
      @Mixin StackOption stack,
      @Option(
              names = "--sender",
              description = "Check the token of servers that count for their visitors instead.")
          boolean sender,
      @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
    String parameter = sender ? "TrustedSenderTokenSha256" : "StatisticsTokenSha256";
    String deployed = stack.required().parameter(parameter);
    if (!deployed.matches("[0-9a-f]{64}")) {
      throw new FailureException("The stack has no token: " + parameter + " is none.");
    }
    @Nullable String token = terminal.ask("Token: ");
    boolean valid = token != null && sha256(token.strip()).equals(deployed);
    terminal.result(
        json,
        Map.of("valid", valid),
        valid
            ? "The token is valid."
            : "This is another token: its SHA-256 is not the one in " + parameter + ".");
    return valid ? ExitCode.OK : ExitCode.FAILED;
  }

  static String sha256(String token) {
    return HexFormat.of().formatHex(Sha256.of(token));
  }
}
