package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The tables of the nightly job. Thread-safe. */
public final class Warehouse {
  private final List<String> tables;
  private final AtomicInteger running = new AtomicInteger();

  /** A warehouse with tables; one named {@code stuck} is never written, and one named {@code locked} fails. */
  public Warehouse(List<String> tables) {
    this.tables = List.copyOf(tables);
  }

  /** Returns the names of the tables. */
  public List<String> tables() {
    return tables;
  }

  /** Writes a table to a file in a folder. */
  public Path export(String table, Path folder) throws IOException, InterruptedException {
    running.incrementAndGet();
    try {
      if (table.equals("stuck")) {
        new CountDownLatch(1).await();
      }
      if (table.equals("locked")) {
        throw new IOException("table locked");
      }
      return Files.writeString(folder.resolve(table + ".csv"), table + ",1\n");
    } finally {
      running.decrementAndGet();
    }
  }

  /** Puts the files together, in their order. */
  public Path archive(List<Path> files, Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      all.append(Files.readString(file));
    }
    return Files.writeString(folder.resolve("archive.csv"), all);
  }

  /** Returns how many exports are under way. */
  public int running() {
    return running.get();
  }
}
