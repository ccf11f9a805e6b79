package dev.heddle.cli.life;

import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.iter.Generator;
import dev.heddle.life.Grid;
import dev.heddle.life.Life;
import dev.heddle.life.Pattern;
import dev.heddle.life.Patterns;
import dev.heddle.life.RleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle life}: runs Conway's Game of Life. */
@Command(name = "life", header = "Runs Conway's Game of Life, with coroutines as its rule.", description = {
    "",
    "In a terminal the generations are animated until Ctrl-C. In a file or a pipe, or with --no-animation, they are printed"
        + " one after the other: '*' is a living cell, '-' an empty one.",
    "",
    "The grid is a torus: a pattern that leaves it on the right comes back on the left."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:all generations were shown, or the reader of the output has ended",
    "2:the command line or the pattern file is wrong",
    "130, 143:interrupted (Ctrl-C) or terminated"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle life                                     the Gosper glider gun",
    "  heddle life --pattern acorn --fps 60            seven cells that evolve for a long time",
    "  heddle life --pattern glider --size 7x5 --generations 4 --no-animation",
    "  heddle life --pattern twin-bees.rle             a pattern in RLE format"
})
public final class LifeCommand implements Callable<Integer> {
  private static final int LARGEST_FILE = 16 << 20;
  private static final int PLAIN_GENERATIONS = 50;
  private static final int PLAIN_WIDTH = 40;
  private static final int PLAIN_HEIGHT = 20;
  private static final int USUAL_FPS = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final java.util.regex.Pattern SIZE = java.util.regex.Pattern.compile("(\\d{1,4})[xX](\\d{1,4})");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = {"-p",
      "--pattern"}, paramLabel = "NAME|FILE.rle", defaultValue = "gosper-gun", completionCandidates = Names.class, description = "One of ${COMPLETION-CANDIDATES}, or a file in RLE format (default: ${DEFAULT-VALUE}).")
  private String pattern = "gosper-gun";

  @Option(names = {"-s",
      "--size"}, paramLabel = "WxH", description = "The size of the grid (default: that of the terminal when animated, else 40x20; at least that of the pattern).")
  private @Nullable String size;

  @Option(names = {"-g",
      "--generations"}, paramLabel = "N", description = "The number of generations after the first (default: no limit when animated, else 50).")
  private @Nullable Long generations;

  @Option(names = {"-f",
      "--fps"}, paramLabel = "N", description = "Generations per second, 1 to 1000 (default: 10 when animated, else no limit).")
  private @Nullable Integer fps;

  @Option(names = "--no-animation", description = "Print the generations one after the other, even in a terminal.")
  private boolean noAnimation;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  /** The names of the patterns, for the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Patterns.names().iterator();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (generations != null && generations < 0) {
      throw wrong("--generations must not be negative, but was " + generations + "; 0 shows only the pattern");
    }
    if (fps != null && (fps < 1 || fps > 1000)) {
      throw wrong("--fps must be from 1 to 1000, but was " + fps);
    }
    Pattern found = pattern();
    if (noAnimation || !Terminal.canAnimate()) {
      Grid start = start(found, PLAIN_WIDTH, PLAIN_HEIGHT);
      return play(start, new GridScreen.Plain(out()), generations == null ? PLAIN_GENERATIONS : generations, fps);
    }
    Terminal.Size terminal = Terminal.size();
    Grid start = start(found, terminal.columns(), AnimatedScreen.rows(terminal));
    return play(
        start,
        new AnimatedScreen(out(), Terminal::size, found.name()),
        generations == null ? Long.MAX_VALUE : generations,
        fps == null ? USUAL_FPS : fps);
  }

  /** Shows the generations of a grid, until the last one or until the output is closed. */
  private static int play(Grid start, GridScreen onto, long last, @Nullable Integer fps) throws InterruptedException {
    long period = fps == null ? 0 : NANOS_PER_SECOND / fps;
    try (GridScreen screen = onto;
        Generator<Grid> all = Life.generations(start)) {
      long due = System.nanoTime();
      for (long i = 0; screen.show(i, all.next()) && i < last; i++) {
        due = Math.max(due + period, System.nanoTime()); // a delay is not made up for
        Thread.sleep(Duration.ofNanos(due - System.nanoTime()));
      }
    }
    return 0;
  }

  private Grid start(Pattern found, int usualWidth, int usualHeight) {
    if (size == null) {
      int width = Math.clamp(usualWidth, found.width(), Grid.MAX_SIDE);
      return found.inTheMiddleOf(Math.clamp(usualHeight, found.height(), Grid.MAX_SIDE), width);
    }
    Matcher wanted = SIZE.matcher(size);
    if (!wanted.matches()) {
      throw wrong("--size must be a width and a height, such as 80x40, but was '" + size + "'");
    }
    try {
      return found.inTheMiddleOf(Integer.parseInt(wanted.group(2)), Integer.parseInt(wanted.group(1)));
    } catch (IllegalArgumentException e) {
      throw wrong("--size: " + e.getMessage());
    }
  }

  /** Returns a classic pattern, or the one in a file. */
  private Pattern pattern() {
    if (!pattern.contains(".") && !pattern.contains("/")) {
      try {
        return Patterns.named(pattern);
      } catch (IllegalArgumentException e) {
        throw wrong(
            "--pattern: " + e.getMessage() + "; for a file, give a path with a dot or a slash, such as ./" + pattern);
      }
    }
    try (InputStream in = Files.newInputStream(Path.of(pattern))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw wrong("--pattern: " + pattern + " is larger than 16 MiB, the maximum for a pattern file");
      }
      return Pattern.ofRle(pattern, new String(bytes, StandardCharsets.UTF_8));
    } catch (RleException e) {
      throw wrong(pattern + ", " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw wrong("--pattern: there is no file " + pattern);
    } catch (IOException | InvalidPathException e) {
      throw wrong("--pattern: cannot read the file " + pattern + ": " + e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
