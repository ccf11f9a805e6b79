/** The process pool: worker JVMs behind the executor contract. */
@NullMarked
package dev.heddle.process;

import org.jspecify.annotations.NullMarked;
