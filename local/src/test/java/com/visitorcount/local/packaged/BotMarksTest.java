package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.TestStack;
import com.visitorcount.sam.database.NodeModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The marks of bots equal those of the package in {@code local/package.json}. */
final class BotMarksTest {
  private static final Path ROOT = TestStack.root();

  @Test
  void file_isWhatTheScriptMakes() throws IOException, InterruptedException {
    Path module = ROOT.resolve("local");
    NodeModules.install(module);
    Process script =
        new ProcessBuilder("node", "src/test/node/bots.js")
            .directory(module.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String made = new String(script.getInputStream().readAllBytes(), UTF_8);

    assertThat(script.waitFor()).isZero();
    assertThat(
            ROOT.resolve("lambda-increment/src/main/resources/com/visitorcount/increment/bots.txt"))
        .as("bots.txt is old: docs/contributing.md says how it is made")
        .hasContent(made);
  }

  @Test
  void notice_namesTheVersion() throws IOException {
    String made =
        Files.readString(
            ROOT.resolve(
                "lambda-increment/src/main/resources/com/visitorcount/increment/bots.txt"));
    String isbot = made.lines().findFirst().orElseThrow().replaceAll(".* (isbot [0-9.]+) .*", "$1");

    assertThat(isbot).matches("isbot [0-9.]+");
    assertThat(Files.readString(ROOT.resolve("NOTICE"))).contains(isbot + " (npm)");
    assertThat(Files.readString(ROOT.resolve("licenses/libraries.txt")))
        .contains("== Unlicense: isbot (npm)");
  }
}
