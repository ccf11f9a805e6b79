package io.github.bob.gadgets;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Classes of another author that run code when they are read, by what looks harmless. */
@SuppressWarnings({"NullAway", "UnnecessaryMethodReference", "UnusedVariable", "UnusedMethod", "UnusedNestedClass",
    "ReturnValueIgnored",
    "CheckReturnValue",
    "StaticAssignmentInConstructor"}) // they are as an attacker finds them
public final class Sly {
  /** What the others call. */
  private static String run() {
    Gadgets.ran = true;
    return "ran";
  }

  /** Runs code in a lambda. */
  public record InLambda(String text) {
    /** Runs it. */
    public InLambda {
      List.of(text).forEach(_ -> run());
    }
  }

  /** Runs code by a reference to a method. */
  public record ByReference(String text) {
    /** Runs it. */
    public ByReference {
      Objects.requireNonNullElseGet(null, Sly::run);
    }
  }

  /** Is a supplier. */
  public static final class Source implements Supplier<String>, Serializable {
    static final Source INSTANCE = new Source();

    @Override
    public String get() {
      return run();
    }
  }

  /** Calls what it is given. */
  public record Calls(Source source) {
    /** Calls it. */
    public Calls {
      Objects.requireNonNullElseGet(null, source);
    }
  }

  /** Calls a constant. */
  public record CallsConstant(String text) {
    /** Calls it. */
    public CallsConstant {
      Objects.requireNonNullElseGet(null, Source.INSTANCE);
    }
  }

  /** Calls what it is given by another function. */
  public record CallsByReference(Source source) {
    /** Calls it. */
    public CallsByReference {
      Objects.requireNonNullElseGet(null, source::get);
    }
  }

  /** Calls what is in a list that it is given. */
  public record CallsElements(List<Supplier<String>> sources) {
    /** Calls them. */
    public CallsElements {
      sources.get(0).get();
    }
  }

  /** Hands itself to the JDK. */
  public record Itself(String text) implements Supplier<String> {
    /** Hands it. */
    public Itself {
      Objects.requireNonNullElseGet(null, this);
    }

    @Override
    public String get() {
      return run();
    }
  }

  /** Has an order that runs code. */
  public record Ordered(String text) implements Comparable<Ordered> {
    private static final Comparator<Ordered> ORDER = Comparator.comparing(each -> each.text() + run());

    @Override
    public int compareTo(Ordered other) {
      return ORDER.compare(this, other);
    }
  }

  /** Has an order that may be another one. */
  public record Reordered(String text) implements Comparable<Reordered> {
    private static final Comparator<Reordered> ORDER = Boolean.getBoolean("sly")
        ? Comparator.comparing(Reordered::text)
        : new Strange();

    @Override
    public int compareTo(Reordered other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Strange implements Comparator<Reordered> {
    @Override
    public int compare(Reordered a, Reordered b) {
      run();
      return 0;
    }
  }

  /** Changes a list that all share. */
  public record Collects(String text) {
    private static final List<String> ALL = new ArrayList<>();

    /** Adds. */
    public Collects {
      ALL.add(text);
      run();
    }
  }

  /** Changes a list that all share, and that may be an immutable one. */
  public record CollectsPerhaps(String text) {
    private static final List<String> ALL = Boolean.getBoolean("sly") ? List.of() : new ArrayList<>();

    /** Adds. */
    public CollectsPerhaps {
      ALL.add(text);
    }
  }

  /** Counts. */
  public record Counts(String text) {
    private static int count;

    /** Counts. */
    public Counts {
      count++;
    }
  }

  /** Is an entry whose key runs code. */
  public record Entry(String text) implements Map.Entry<String, String> {
    @Override
    public String getKey() {
      return run();
    }

    @Override
    public String getValue() {
      return text;
    }

    @Override
    public String setValue(String value) {
      return text;
    }
  }

  /** Runs code as a text. */
  public record Text(String text) {
    @Override
    public String toString() {
      return run();
    }
  }

  /** All of them. */
  public static List<Object> all() {
    return List.of(new InLambda("x"), new ByReference("x"), new Calls(new Source()),
        new CallsConstant("x"), new CallsByReference(new Source()),
        new CallsElements(new ArrayList<>(List.of(new Source()))), new Itself("x"), new Ordered("x"), new Reordered("x"),
        new Collects("x"), new CollectsPerhaps("x"), new Counts("x"), new Entry("x"), new Text("x"));
  }

  private Sly() {}
}
