package consumer;

/** Prints what the parts of Heddle do. */
public final class Main {
  private Main() {}

  static void main() throws Exception {
    Features.lines().forEach(System.out::println);
  }
}
