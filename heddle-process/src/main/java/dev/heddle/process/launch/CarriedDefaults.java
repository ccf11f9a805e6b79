package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.process.wire.Defaults;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Finds what {@code Locale.setDefault} and {@code TimeZone.setDefault} have changed in this JVM, which the properties that
 * workers get do not tell. Stateless.
 */
final class CarriedDefaults {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final String ZONE = "user.timezone";

  private CarriedDefaults() {}

  /**
   * Returns the text for a worker; empty if it finds the same defaults by itself.
   *
   * @param carried the options that a worker gets for this program's configuration
   * @param chosen the options that the user gave workers: what they say about locales or the time zone holds
   */
  static String text(List<String> carried, List<String> chosen) {
    Properties properties = new Properties();
    for (String each : carried) {
      if (CarriedOptions.isOfLocale(each)) {
        int end = each.indexOf('=');
        properties.setProperty(each.substring("-D".length(), end), each.substring(end + 1));
      }
    }
    try {
      boolean locales = chosen.stream().noneMatch(each -> CarriedOptions.isOfLocale(each) && !isOfZone(each))
          && isChanged(properties);
      return new Defaults(
          locales ? Locale.getDefault() : null,
          locales ? Locale.getDefault(Locale.Category.DISPLAY) : null,
          locales ? Locale.getDefault(Locale.Category.FORMAT) : null,
          chosen.stream().noneMatch(CarriedDefaults::isOfZone) ? zone(properties) : null).text();
    } catch (IOException | RuntimeException e) { // thrown by a time zone of the program's own, for example
      LOG.ignored("carrying the default locale and time zone to a worker", e);
      return "";
    }
  }

  private static boolean isOfZone(String option) {
    return option.startsWith("-D" + ZONE);
  }

  private static boolean isChanged(Properties properties) {
    return !isAsTold(properties, "", Locale.getDefault())
        || !isAsTold(properties, ".display", Locale.getDefault(Locale.Category.DISPLAY))
        || !isAsTold(properties, ".format", Locale.getDefault(Locale.Category.FORMAT));
  }

  /** Returns whether a worker would find the locale by the properties; false, too, where that is not certain. */
  private static boolean isAsTold(Properties properties, String suffix, Locale locale) {
    Locale told = Locale.of(part(properties, "language", suffix, "en"), part(properties, "country", suffix, ""),
        part(properties, "variant", suffix, ""));
    return properties.getProperty("user.region", "").isEmpty()
        && !locale.hasExtensions()
        && part(properties, "extensions", suffix, "").isEmpty()
        && locale.getScript().equals(part(properties, "script", suffix, ""))
        && locale.getLanguage().equals(told.getLanguage())
        && locale.getCountry().equals(told.getCountry())
        && locale.getVariant().equals(told.getVariant());
  }

  private static String part(Properties properties, String name, String suffix, String other) {
    String general = properties.getProperty("user." + name, other);
    return Objects.requireNonNull(properties.getProperty("user." + name + suffix, general));
  }

  /** Returns the default time zone; null if a worker finds it by itself, or cannot be given it. */
  private static @Nullable Serializable zone(Properties properties) {
    TimeZone zone = TimeZone.getDefault(); // the first call finds it as a worker does, and sets the property
    String told = properties.getProperty(ZONE, System.getProperty(ZONE, ""));
    if (TimeZone.getTimeZone(told).equals(zone)) {
      return null;
    }
    if (TimeZone.getTimeZone(zone.getID()).equals(zone)) {
      return zone.getID();
    }
    return zone.getClass().getClassLoader() == null ? zone : null; // a worker may not have the class so early
  }
}
