package dev.heddle.cookbook.everyday;

import java.util.concurrent.CountDownLatch;

/** Code of former times: one static buffer for all calls, an exit where an exception was meant, a wait without an end. */
public final class Legacy {
  private static final StringBuilder BUFFER = new StringBuilder();

  private Legacy() {}

  /** Renders an order; not thread-safe. */
  public static String render(String order) throws InterruptedException {
    BUFFER.setLength(0);
    if (order.isEmpty()) {
      System.exit(3);
    }
    if (order.equals("stuck")) {
      new CountDownLatch(1).await();
    }
    for (int i = 0; i < order.length(); i++) {
      BUFFER.append(Character.toUpperCase(order.charAt(i))).append('.');
    }
    return BUFFER.toString();
  }
}
