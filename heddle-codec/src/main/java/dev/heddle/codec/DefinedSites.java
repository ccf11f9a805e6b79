package dev.heddle.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sites that a worker has been told of; a site's classes are loaded when the first task needs them. Thread-safe. */
final class DefinedSites {
  private static final int MOST = 1 << 22;

  private final ClassSpaces spaces;
  private volatile @Nullable Entry[] entries = new @Nullable Entry[64];

  DefinedSites(ClassSpaces spaces) {
    this.spaces = spaces;
  }

  /** A definition and, once it was needed, what came of it. */
  private static final class Entry {
    private final byte[] definition;
    private volatile @Nullable DefinedSite site;

    Entry(byte[] definition) {
      this.definition = definition;
    }
  }

  /** Remembers the sites of a definition; one that is known already is left alone. */
  synchronized void define(byte[] definition) {
    Source source = new Source(definition);
    int count = source.getCount();
    for (int i = 0; i < count; i++) {
      int id = source.getSize();
      Source one = source.part(source.getSize());
      if (id >= MOST) {
        throw new MalformedException("site " + id + ", where " + MOST + " are allowed");
      }
      @Nullable
      Entry[] all = entries;
      if (id >= all.length) {
        all = Arrays.copyOf(all, Math.max(id + 1, 2 * all.length));
      }
      if (all[id] == null) {
        all[id] = new Entry(one.rest());
      }
      entries = all;
    }
  }

  DefinedSite at(int id) {
    @Nullable
    Entry[] all = entries;
    Entry entry = id < all.length ? all[id] : null;
    if (entry == null) {
      throw new MalformedException("site " + id + ", which was not defined");
    }
    DefinedSite site = entry.site;
    if (site == null) {
      site = resolve(entry);
    }
    return site;
  }

  private DefinedSite resolve(Entry entry) {
    synchronized (entry) {
      DefinedSite site = entry.site;
      if (site == null) {
        try {
          site = DefinedSite.read(new Source(entry.definition), spaces);
        } catch (ClassNotFoundException e) {
          throw new NoClassDefFoundError(e.getMessage());
        }
        entry.site = site;
      }
      return site;
    }
  }
}
