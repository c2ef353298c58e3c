package io.llmplatform.proxy.upstream.mock;

/** One thing the mock can do. Implementations keep no state, so that the same request always gets the same answer. */
@FunctionalInterface
interface Capability {
    /** @throws MockRefusal when a real provider would answer 400 */
    Reply answer(Ask ask);
}
