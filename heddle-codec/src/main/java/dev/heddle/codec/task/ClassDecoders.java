package dev.heddle.codec.task;

import dev.heddle.codec.loader.WorkerSpaces;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.MalformedException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The definitions that a worker has received; their classes are loaded when the first task needs them. Thread-safe. */
public final class ClassDecoders {
  private static final int MOST = 1 << 22;

  private final WorkerSpaces spaces;
  private volatile @Nullable Entry[] entries = new @Nullable Entry[64];

  public ClassDecoders(WorkerSpaces spaces) {
    this.spaces = spaces;
  }

  /** A definition and, after its first use, its decoder, which lives as long as the space of its class. */
  private static final class Entry {
    private final byte[] definition;
    private volatile WeakReference<@Nullable ClassDecoder> site = new WeakReference<>(null);

    Entry(byte[] definition) {
      this.definition = definition;
    }
  }

  /** Stores the parts of a definition, except those that are known already. */
  public synchronized void define(byte[] definition) {
    BinaryReader source = new BinaryReader(definition);
    int count = source.getCount();
    for (int i = 0; i < count; i++) {
      int id = source.getSize();
      BinaryReader one = source.part(source.getSize());
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

  public ClassDecoder at(int id) {
    @Nullable
    Entry[] all = entries;
    Entry entry = id < all.length ? all[id] : null;
    if (entry == null) {
      throw new MalformedException("site " + id + ", which was not defined");
    }
    ClassDecoder site = entry.site.get();
    if (site == null) {
      site = resolve(entry);
    }
    return site;
  }

  private ClassDecoder resolve(Entry entry) {
    synchronized (entry) {
      ClassDecoder site = entry.site.get();
      if (site == null) {
        try {
          site = ClassDecoder.read(new BinaryReader(entry.definition), spaces);
        } catch (ClassNotFoundException e) {
          throw new NoClassDefFoundError(e.getMessage());
        }
        spaces.keep(ClassDecoder.spaceOf(new BinaryReader(entry.definition)), site);
        entry.site = new WeakReference<>(site);
      }
      return site;
    }
  }
}
