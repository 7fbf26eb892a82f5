package com.visitorcount.sam.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeModulesTest {
  /** A package without dependencies, so that npm has nothing to download. */
  private static final String PACKAGE = "{\"name\":\"a\",\"version\":\"1.0.0\"}";

  private static final String LOCK =
      """
      {"name":"a","version":"1.0.0","lockfileVersion":3,"requires":true,
      "packages":{"":{"name":"a","version":"1.0.0"}}}
      """;

  @Test
  void install_ofWhatIsThere_doesNothing(@TempDir Path module) throws IOException {
    Files.writeString(module.resolve("package-lock.json"), "no lock at all");
    Files.createDirectories(module.resolve("node_modules"));
    Files.writeString(module.resolve("node_modules/.package-lock.json"), "{}");

    NodeModules.install(module);

    assertThat(module.resolve("target/npm.log")).doesNotExist();
  }

  @Test
  void install_afterTheLockHasChanged_runsNpm(@TempDir Path module) throws IOException {
    Files.writeString(module.resolve("package.json"), PACKAGE);
    Files.writeString(module.resolve("package-lock.json"), LOCK);
    Files.createDirectories(module.resolve("node_modules"));
    Path installed = Files.writeString(module.resolve("node_modules/.package-lock.json"), "{}");
    Files.setLastModifiedTime(installed, FileTime.fromMillis(0));

    NodeModules.install(module);

    assertThat(module.resolve("target/npm.log")).exists();
  }

  @Test
  void install_thatFails_namesTheLog(@TempDir Path module) throws IOException {
    Files.writeString(module.resolve("package.json"), PACKAGE);
    Files.writeString(module.resolve("package-lock.json"), "no lock at all");

    assertThatThrownBy(() -> NodeModules.install(module))
        .isInstanceOf(LocalException.class)
        .hasMessageMatching(
            "npm could not install its packages \\(exit code \\d+\\); its output is in .*npm\\.log\\.");
  }

  @Test
  void start_ofACommandThatIsNotThere_isOneSentence() {
    assertThatThrownBy(() -> Node.start(new ProcessBuilder("no-such-command")))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The command no-such-command is not on the PATH; install Node.js 20 or newer, with npm.");
  }
}
