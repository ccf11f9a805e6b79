package io.github.bob.gadgets;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Data that checks itself, as programs have them. */
@SuppressWarnings({"ReturnValueIgnored", "CheckReturnValue"})
public final class Ordinary {
  private Ordinary() {}

  /** Copies its list into a view. */
  public record Copies(List<String> all) {
    /** Copies. */
    public Copies {
      all = Collections.unmodifiableList(new ArrayList<>(all));
    }
  }

  /** Has constants. */
  public record Code(String text, BigDecimal price, Duration age) {
    private static final Pattern PATTERN = Pattern.compile("[a-z]+");
    private static final Set<String> RESERVED = Set.of("none", "null");
    private static final Map<String, Integer> SIZES = Map.ofEntries(Map.entry("x", 1));
    private static final BigDecimal MOST = new BigDecimal("1000");
    private static final Duration OLDEST = Duration.ofDays(365);

    /** Checks. */
    public Code {
      text = text.toLowerCase(Locale.ROOT);
      if (!PATTERN.matcher(text).matches() || RESERVED.contains(text) || SIZES.getOrDefault(text, 1) < 0
          || price.compareTo(MOST) > 0 || price.compareTo(BigDecimal.ZERO) < 0 || age.compareTo(OLDEST) > 0) {
        throw new IllegalArgumentException("no code: " + text + " " + price + " " + age);
      }
    }
  }

  /** Has an order made of functions. */
  public record Version(int major, int minor) implements Comparable<Version> {
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
        .thenComparingInt(Version::minor);

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }
  }

  /** Has a text of its own. */
  public record Basket(List<String> items) {
    @Override
    public String toString() {
      return items.stream().map(each -> "<" + each + ">").collect(Collectors.joining(","));
    }
  }

  /** Asks an address for its parts. */
  public record Link(URI uri) {
    /** Checks. */
    public Link {
      if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
        throw new IllegalArgumentException("no link: " + uri);
      }
    }
  }

  /** Makes messages late, and looks at characters. */
  public record Name(String text) {
    /** Checks. */
    public Name {
      Objects.requireNonNull(text, () -> "a name is missing");
      if (!text.chars().allMatch(Character::isLetter)) {
        throw new IllegalArgumentException(text);
      }
    }
  }

  /** Is an order. */
  public enum Order implements Comparator<String> {
    /** By length. */
    LENGTH;

    @Override
    public int compare(String a, String b) {
      return Integer.compare(a.length(), b.length());
    }
  }

  /** Looks at an enum. */
  public record Ranked(Order order) {
    /** Checks. */
    public Ranked {
      switch (order) {
        case LENGTH -> Objects.requireNonNull(order);
      }
    }
  }

  /** All of them. */
  public static List<Object> all() {
    return List.of(new Copies(List.of("a")), new Code("Abc", BigDecimal.ONE, Duration.ZERO), new Version(1, 2),
        new Basket(List.of("a", "b")), new Link(URI.create("https://example.org/")), new Name("bob"), Order.LENGTH,
        new Ranked(Order.LENGTH));
  }
}
