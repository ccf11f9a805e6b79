package dev.heddle.codec.form;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of a {@code GregorianCalendar}.
 *
 * @param change when it changes from the Julian calendar
 */
public record CalendarForm(long millis, TimeZone zone, boolean lenient, int firstDayOfWeek, int minimalDays, long change)
    implements
      Serializable {

  static @Nullable CalendarForm of(Object object) {
    if (object.getClass() != GregorianCalendar.class) {
      return null;
    }
    GregorianCalendar calendar = (GregorianCalendar) object;
    try {
      return new CalendarForm(calendar.getTimeInMillis(), calendar.getTimeZone(), calendar.isLenient(),
          calendar.getFirstDayOfWeek(), calendar.getMinimalDaysInFirstWeek(),
          calendar.getGregorianChange().toInstant().toEpochMilli());
    } catch (IllegalArgumentException e) { // it is not lenient, and a field is wrong: as JDK serialization does it
      return null;
    }
  }

  private Object readResolve() throws ObjectStreamException {
    if (zone == null || firstDayOfWeek < Calendar.SUNDAY || firstDayOfWeek > Calendar.SATURDAY || minimalDays < 1
        || minimalDays > 7) {
      throw new InvalidObjectException(
          "a calendar whose weeks begin on day " + firstDayOfWeek + " and have " + minimalDays + " days");
    }
    GregorianCalendar calendar = new GregorianCalendar(zone);
    calendar.setGregorianChange(Date.from(Instant.ofEpochMilli(change)));
    calendar.setFirstDayOfWeek(firstDayOfWeek);
    calendar.setMinimalDaysInFirstWeek(minimalDays);
    calendar.setLenient(lenient);
    calendar.setTimeInMillis(millis);
    return calendar;
  }
}
