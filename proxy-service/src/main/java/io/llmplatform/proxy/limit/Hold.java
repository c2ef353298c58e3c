package io.llmplatform.proxy.limit;

import java.math.BigDecimal;
import java.util.List;

/** The money one request reserves on its accounts: held, then due, then gone. Guarded by itself. */
final class Hold {
    private enum State {
        HELD,
        DUE,
        GONE
    }

    final String requestId;
    final List<Account> accounts;
    private BigDecimal amount;
    private State state = State.HELD;

    Hold(String requestId, List<Account> accounts, BigDecimal amount) {
        this.requestId = requestId;
        this.accounts = accounts;
        this.amount = amount;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    void due(BigDecimal cost) {
        state = State.DUE;
        amount = cost;
    }

    void gone() {
        state = State.GONE;
    }

    Spend addTo(Spend spend) {
        return switch (state) {
            case HELD -> spend.with(spend.due(), spend.held().add(amount));
            case DUE -> spend.with(spend.due().add(amount), spend.held());
            case GONE -> spend;
        };
    }

    Spend takeFrom(Spend spend) {
        return switch (state) {
            case HELD -> spend.with(spend.due(), spend.held().subtract(amount));
            case DUE -> spend.with(spend.due().subtract(amount), spend.held());
            case GONE -> spend;
        };
    }
}
