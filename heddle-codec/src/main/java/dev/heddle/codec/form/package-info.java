/**
 * The forms in which objects are sent that JDK serialization does not handle, such as records that are not {@code
 * Serializable}, paths and views of collections; and the classes that are refused because they work within one process only.
 */
@NullMarked
package dev.heddle.codec.form;

import org.jspecify.annotations.NullMarked;
