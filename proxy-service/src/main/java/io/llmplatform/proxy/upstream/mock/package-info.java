/**
 * The built-in provider that answers by itself, for demos, tests and dry runs of clients without a bill. Each operation is
 * one {@code Capability}, which makes a {@code Reply} of a request and nothing else; {@code MockUpstream} chooses it and
 * {@code MockCall} tells the reply at the speed and with the faults that the provider's URL asks for. Nothing here is
 * random but which calls fail, and that is injected.
 */
@NullMarked
package io.llmplatform.proxy.upstream.mock;

import org.jspecify.annotations.NullMarked;
