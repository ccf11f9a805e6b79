package dev.heddle.cli;

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle life}: plays Conway's Game of Life. */
@Command(name = "life", header = "Plays Conway's Game of Life, whose rule is made of coroutines.", description = {
    "",
    "In a terminal the generations are animated until Ctrl-C. Into a file or a pipe, or with --no-animation, they are printed"
        + " one after the other: '*' is a cell that is alive, '-' an empty one.",
    "",
    "The edges of the world meet: what leaves it on the right comes back on the left."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:all generations were shown, or nobody reads them any more",
    "2:the command line is wrong, or the file with the pattern",
    "130:interrupted (Ctrl-C)"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle life                                     a gun that shoots gliders",
    "  heddle life --pattern acorn --fps 60            seven cells that grow for long",
    "  heddle life --pattern glider --size 7x5 --generations 4 --no-animation",
    "  heddle life --pattern twin-bees.rle             a pattern in RLE format"
})
final class LifeCommand implements Callable<Integer> {
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
      "--size"}, paramLabel = "WxH", description = "The size of the world (default: the terminal's when animated, else 40x20; at least the pattern's).")
  private @Nullable String size;

  @Option(names = {"-g",
      "--generations"}, paramLabel = "N", description = "How many generations to live after the first (default: without end when animated, else 50).")
  private @Nullable Long generations;

  @Option(names = {"-f",
      "--fps"}, paramLabel = "N", description = "How many generations a second, 1 to 1000 (default: 10 when animated, else as many as possible).")
  private @Nullable Integer fps;

  @Option(names = "--no-animation", description = "Print the generations one after the other also in a terminal.")
  private boolean noAnimation;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  /** What stands in the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Patterns.names().iterator();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (generations != null && generations < 0) {
      throw wrong("--generations must not be negative, but was " + generations + "; 0 shows the pattern only");
    }
    if (fps != null && (fps < 1 || fps > 1000)) {
      throw wrong("--fps must be from 1 to 1000, but was " + fps);
    }
    Pattern found = pattern();
    if (noAnimation || !Terminal.canAnimate()) {
      Grid start = start(found, PLAIN_WIDTH, PLAIN_HEIGHT);
      return play(start, new LifeCommandScreen.Plain(out()), generations == null ? PLAIN_GENERATIONS : generations, fps);
    }
    Terminal.Size terminal = Terminal.size();
    Grid start = start(found, terminal.columns(), LifeCommandPicture.rows(terminal));
    return play(
        start,
        new LifeCommandPicture(out(), terminal, found.name()),
        generations == null ? Long.MAX_VALUE : generations,
        fps == null ? USUAL_FPS : fps);
  }

  /** Shows a grid and what becomes of it, until the last generation or the end of the reader. */
  private static int play(Grid start, LifeCommandScreen onto, long last, @Nullable Integer fps) throws InterruptedException {
    long period = fps == null ? 0 : NANOS_PER_SECOND / fps;
    try (LifeCommandScreen screen = onto;
        Generator<Grid> all = Life.generations(start)) {
      long due = System.nanoTime();
      for (long i = 0; screen.show(i, all.next()) && i < last; i++) {
        due = Math.max(due + period, System.nanoTime()); // one that is late makes the others late as well: no hurry
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

  /** A classic pattern, or that in a file. */
  private Pattern pattern() {
    if (!pattern.contains(".") && !pattern.contains("/")) {
      try {
        return Patterns.named(pattern);
      } catch (IllegalArgumentException e) {
        throw wrong("--pattern: " + e.getMessage() + "; a file is known by the dot in its name, as in ./" + pattern);
      }
    }
    try (InputStream in = Files.newInputStream(Path.of(pattern))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw wrong("--pattern: " + pattern + " is larger than 16 MiB, which no pattern needs that can be played here");
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
