package io.llmplatform.proxy.limit;

import java.math.BigDecimal;

/** What an admitted request holds. */
public interface Reservation {
    /**
     * Gives back what was not used; to be called once however the request ends, later calls do nothing. The request goes
     * on counting against requests a minute. The cost counts from now on, and passes to the ledger when the journal has
     * written the outcome of the request: so every admitted request must get one.
     *
     * @param tokens prompt and completion; 0 when no upstream was asked
     * @param cost   in the demand's currency, the one of the usage record
     */
    void settle(long tokens, BigDecimal cost);
}
