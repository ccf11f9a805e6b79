package dev.heddle.process.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the table of deployments in docs/processes.md names tests that exist, in each row. */
class DocumentedTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @Test
  void rows_nameTestsThatExist() throws Exception {
    Path page = Path.of("docs/processes.md").toAbsolutePath();
    if (!Files.exists(page)) { // tests run in the folder of their module
      page = Path.of("../docs/processes.md");
    }
    String text = Files.readString(page);
    String table = text.substring(text.indexOf("| deployment |"), text.indexOf("\n\n", text.indexOf("| deployment |")));
    List<String> rows = table.lines().skip(2).toList();
    assertThat(rows).hasSizeGreaterThan(10).allMatch(each -> TEST.matcher(each).find());
    for (var match : TEST.matcher(table).results().toList()) {
      Class<?> test = Class.forName(testClass(match.group(1)));
      assertThat(Arrays.stream(test.getDeclaredMethods()).filter(each -> each.isAnnotationPresent(Test.class))
          .map(each -> each.getName())).as(match.group()).contains(match.group(2));
    }
  }

  private static String testClass(String name) {
    String here = DocumentedTest.class.getPackageName() + "." + name;
    return DocumentedTest.class.getResource(name + ".class") != null ? here : "dev.heddle.process." + name;
  }
}
