package dev.heddle.codec;

import dev.heddle.codec.apps.Jobs.Colour;
import dev.heddle.codec.apps.Jobs.Point;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.example.parcels.Parts.Money;
import org.jspecify.annotations.Nullable;

/** Random values of all accepted kinds. */
final class Graphs {
  private final Random random;

  Graphs(Random random) {
    this.random = random;
  }

  @Nullable
  Object any(int depth) {
    return random.nextInt(3) == 0 && depth > 0 ? container(depth - 1) : simple();
  }

  private @Nullable Object simple() {
    return switch (random.nextInt(22)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> (byte) random.nextInt();
      case 3 -> (short) random.nextInt();
      case 4 -> (char) random.nextInt();
      case 5 -> random.nextLong();
      case 6 -> random.nextFloat();
      case 7 -> random.nextGaussian();
      case 8, 9 -> text();
      case 10 -> new UUID(random.nextLong(), random.nextLong());
      case 11 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(9));
      case 12 -> Duration.ofNanos(random.nextLong());
      case 13 -> LocalDate.ofEpochDay(random.nextInt(100_000));
      case 14 -> new Money(random.nextLong());
      case 15 -> random.nextBoolean() ? Colour.RED : Colour.GREEN;
      case 16 -> random.ints(random.nextInt(20)).toArray();
      case 17 -> random.doubles(random.nextInt(20)).toArray();
      case 18 -> text().toCharArray();
      case 19 -> new Point(random.nextInt(), text());
      default -> random.nextInt();
    };
  }

  private String text() {
    char[] chars = new char[random.nextInt(12)];
    int most = random.nextBoolean() ? 0x7f : 0x10000;
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) random.nextInt(most);
    }
    return new String(chars);
  }

  private List<@Nullable Object> some(int depth) {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      all.add(any(depth));
    }
    if (random.nextInt(4) == 0) {
      all.add(all.getFirst());
    }
    return all;
  }

  private Object container(int depth) {
    List<@Nullable Object> some = some(depth);
    return switch (random.nextInt(15)) {
      case 14 -> random.ints(random.nextInt(9)).boxed().toArray();
      case 0 -> some;
      case 1 -> some.toArray();
      case 2 -> Collections.unmodifiableList(some);
      case 3 -> Collections.synchronizedList(some);
      case 4 -> Arrays.asList(some.toArray());
      case 5 -> named(new HashMap<>(), some);
      case 6 -> named(new LinkedHashMap<>(), some);
      case 7 -> named(new TreeMap<>(Collections.reverseOrder()), some);
      case 8 -> new EnumMap<>(Map.of(Colour.GREEN, some.size()));
      case 9 -> new LinkedHashSet<>(List.of(some.size(), text() + "!", Colour.RED));
      case 10 -> EnumSet.of(Colour.RED);
      case 11 -> new ArrayDeque<>(List.of(some.size(), "x"));
      case 12 -> Map.of(some.size(), some);
      default -> new Object[][]{some.toArray(), {1}};
    };
  }

  private static Map<String, @Nullable Object> named(Map<String, @Nullable Object> map, List<@Nullable Object> values) {
    for (int i = 0; i < values.size(); i++) {
      map.put("key " + i, values.get(i));
    }
    return map;
  }
}
