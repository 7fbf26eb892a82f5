package com.visitorcount.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptSourceTest {
  @Test
  void stripped_commentsIndentationAndBlankLines_areGone() {
    ScriptSource source =
        new ScriptSource("// what\n(() => {\n\n  // why\n\tconst a = 1\r\n  call(a)  \n})()");

    assertThat(source.stripped()).isEqualTo("(()=>{\nconst a=1\ncall(a)\n})()\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "const b = 'a = b' + c             | const b='a = b' + c",
        "const c = 'https://example.com'   | const c='https://example.com'",
        "x => ({ a, b: [1, 2] })           | x=>({a,b:[1,2]})",
        "a < b && !c ? d : - -e            | a<b&&!c?d:- -e",
        "return typeof a in b              | return typeof a in b",
        "a + +b / c                        | a + +b / c"
      })
  void stripped_blanksAroundSigns_areGoneWhereTheyMeanNothing(String line, String stripped) {
    assertThat(new ScriptSource(line).stripped()).isEqualTo(stripped + "\n");
  }

  @Test
  void stripped_again_changesNothing() {
    String once = new ScriptSource("  // why\n  a( b )\n").stripped();

    assertThat(new ScriptSource(once).stripped()).isEqualTo(once);
  }
}
