"use strict";

// What a page tells its tab: the address that shows the same again, and what was chosen on it.
window.syncline = {
    showAddress: address => history.replaceState(history.state, "", address),
    keep: (name, text) => sessionStorage.setItem(name, text),
    kept: name => sessionStorage.getItem(name),
};
