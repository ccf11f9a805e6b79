/** Pull stages that read several sources, such as chain, zip and flatMap. */
@NullMarked
package dev.heddle.iter.combine;

import org.jspecify.annotations.NullMarked;
