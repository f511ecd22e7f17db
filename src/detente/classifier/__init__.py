"""The small trained classifier that types an act where no pattern of the codebook decides."""
