/** HTTP to servers that are not trusted: what they send is bounded and checked. Shared with the image pipeline. */
@NullMarked
package dev.heddle.flags.http;

import org.jspecify.annotations.NullMarked;
