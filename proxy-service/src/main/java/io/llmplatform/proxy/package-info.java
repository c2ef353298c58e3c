/** The gateway: wiring of its parts and nothing else. The only package that knows Spring; every other one is plain Java, tied together here. */
@NullMarked
package io.llmplatform.proxy;

import org.jspecify.annotations.NullMarked;
