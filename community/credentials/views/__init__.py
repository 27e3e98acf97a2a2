"""Screens of verification: the applicant's, the voucher's and the verifier's. They translate; operations decide."""
