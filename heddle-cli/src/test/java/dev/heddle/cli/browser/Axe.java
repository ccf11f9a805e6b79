package dev.heddle.cli.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The checker of accessibility axe-core. */
public final class Axe {
  private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private Axe() {}

  public static String script() throws IOException {
    try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";0";
    }
  }

  /** Returns the violations of the page, in which the script has been evaluated. */
  public static List<String> violations(Browser browser) {
    return browser.text("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' +"
        + " n.failureSummary).join(' | ')).join('\\n'))").lines().toList();
  }
}
