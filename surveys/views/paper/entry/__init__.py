"""Where employees type the code on their slip: on their own phone, or on a shared screen that clears itself."""
