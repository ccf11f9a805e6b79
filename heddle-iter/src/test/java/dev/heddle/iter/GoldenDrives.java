package dev.heddle.iter;

import java.util.ArrayList;
import java.util.List;

/** Iterators that share a source, driven in the order that a golden case says. */
final class GoldenDrives {
  private static final Object END = ".";

  private GoldenDrives() {}

  static Object run(String name, List<Object> args) {
    List<Long> numbers = Golden.cast(args.get(0));
    List<Object> order = Golden.cast(args.getLast());
    return switch (name) {
      case "tee" -> tee(Itertools.tee(numbers, Math.toIntExact((Long) args.get(1))), order);
      case "groupby_drive" -> groups(Itertools.groupBy(numbers, Golden.named(Golden.KEYS, args.get(1))), order);
      case "peekable" -> peekable(MoreItertools.peekable(numbers), order);
      case "seekable" -> seekable(MoreItertools.seekable(numbers), order);
      case "bucket" -> bucket(MoreItertools.bucket(numbers, x -> x % 3), order);
      default -> throw new AssertionError("no such drive: " + name);
    };
  }

  private static Object next(Iter<?> iter) {
    return Golden.<Iter<Object>>cast(iter).nextOr(END);
  }

  private static Object tee(List<Iter<Long>> branches, List<Object> order) {
    return order.stream().map(i -> next(branches.get(Math.toIntExact((Long) i)))).toList();
  }

  private static Object groups(Iter<Group<Object, Long>> groups, List<Object> order) {
    List<Object> got = new ArrayList<>();
    List<Group<Object, Long>> seen = new ArrayList<>();
    for (Object which : order) {
      int i = Math.toIntExact((Long) which);
      if (i >= 0) {
        got.add(next(seen.get(i)));
      } else if (groups.hasNext()) {
        seen.add(groups.next());
        got.add(seen.getLast().key());
      } else {
        got.add(END);
      }
    }
    return got;
  }

  private static Object peekable(Peekable<Long> peekable, List<Object> order) {
    List<Object> got = new ArrayList<>();
    for (Object op : order) {
      switch (op.toString()) {
        case "peek" -> got.add(Golden.<Peekable<Object>>cast(peekable).peekOr(END));
        case "next" -> got.add(next(peekable));
        case "has" -> got.add(peekable.hasNext());
        default -> peekable.prepend((Long) op, (Long) op + 1);
      }
    }
    return got;
  }

  private static Object seekable(Seekable<Long> seekable, List<Object> order) {
    List<Object> got = new ArrayList<>();
    for (Object step : order) {
      List<Object> op = Golden.cast(step);
      long n = (Long) op.get(1);
      switch ((String) op.get(0)) {
        case "next" -> got.add(next(seekable));
        case "seek" -> seekable.seek(n);
        case "relative" -> seekable.relativeSeek(n);
        default -> {
          long here = seekable.position();
          got.add(next(seekable));
          seekable.seek(here);
        }
      }
    }
    return got;
  }

  private static Object bucket(Bucket<Long, Long> bucket, List<Object> order) {
    List<Object> got = new ArrayList<>();
    for (Object step : order) {
      List<Object> op = Golden.cast(step);
      Long key = (Long) op.get(1);
      got.add(op.get(0).equals("next") ? next(bucket.get(key)) : (Object) bucket.contains(key));
    }
    return got;
  }
}
