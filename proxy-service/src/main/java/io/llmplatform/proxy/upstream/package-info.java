/** What every provider of models looks like to the gateway. Implementations live in packages of their own below this one. */
@NullMarked
package io.llmplatform.proxy.upstream;

import org.jspecify.annotations.NullMarked;
